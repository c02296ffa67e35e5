import type { AlertStatus, IncidentKind, RuleThen, Severity } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { useTemplates } from '../../parts/templates';
import { useWords } from '../../words';
import { Checks, PickIn, SelectIn, TextIn, TimeIn, type Option } from './fields';
import type { RuleDraft } from './rule-draft';
import { DAYS, dayName, TYPES, typeText } from './rule-words';
import type { Choices } from './use-choices';

const STATUSES: readonly AlertStatus[] = ['CRITICAL', 'WARNING', 'UNKNOWN'];
const ACTIONS: readonly RuleThen['action'][] = ['declare', 'candidate', 'attach', 'ignore'];
const SEVERITIES: readonly Severity[] = ['pending', 'sev1', 'sev2', 'sev3', 'sev4'];
const KINDS: readonly IncidentKind[] = ['incident', 'drill', 'near-miss'];
const same = (names: readonly string[]): readonly Option[] => [...new Set(names)].map((name) => ({ value: name, label: name }));

export interface FormProps {
  readonly rule: RuleDraft;
  readonly choices: Choices;
  /** Services and spaces named further up on the page. */
  readonly services: readonly string[];
  readonly spaces: readonly string[];
  /** What is wrong with a part, by its place in the rule: `when.host`. */
  readonly problem: (path: string) => string | null;
  readonly edit: (part: Partial<RuleDraft>) => void;
}

export function RuleForm(props: FormProps) {
  const { t } = useWords();
  const { rule, problem, edit } = props;
  return (
    <div className="rule-form">
      <TextIn label={t('settings.rules.name')} hint={t('settings.rules.name.hint')} value={rule.name} max={100} problem={problem('name')} edit={(name) => edit({ name })} />
      <section className="rule-part" aria-label={t('settings.rules.when')}>
        <h3>{t('settings.rules.when')}</h3>
        <p className="quiet small">{t('settings.rules.when.hint')}</p>
        <Conditions {...props} />
        <Hours {...props} />
      </section>
      <section className="rule-part" aria-label={t('settings.rules.then')}>
        <h3>{t('settings.rules.then')}</h3>
        <Action {...props} />
      </section>
    </div>
  );
}

function Conditions({ rule, choices, services, problem, edit }: FormProps) {
  const words = useWords();
  const { t } = words;
  const shown = rule.statuses.includes('OK') ? [...STATUSES, 'OK' as const] : STATUSES;
  const { found } = choices;
  const monitors = found.monitors.map(({ id, name, type }) => ({ value: id, label: `${name} (${typeText(type, words)})` }));
  return (
    <>
      <Checks label={t('settings.rules.status')} hint={t('settings.rules.status.hint')} options={shown.map((status) => ({ value: status, label: t(`alert.status.${status}`) }))} on={rule.statuses} problem={problem('when.statuses')} edit={(statuses) => edit({ statuses })} />
      {typeof choices.at === 'object' && (
        <p className="quiet small" role="status">
          {t('settings.rules.choices-failed', { reason: words.reason(choices.at.failed) })}{' '}
          <Button className="small-button" onClick={choices.again}>
            {t('common.retry')}
          </Button>
        </p>
      )}
      <div className="field-row">
        <PickIn label={t('settings.rules.service')} none={t('settings.rules.service.any')} other={t('settings.rules.other-name')} options={same([...services, ...found.services])} value={rule.service} max={63} problem={problem('when.service')} edit={(service) => edit({ service })} />
        <PickIn label={t('settings.rules.role')} none={t('settings.rules.role.any')} other={t('settings.rules.other-name')} options={same(found.roles)} value={rule.role} max={127} problem={problem('when.role')} edit={(role) => edit({ role })} />
        <PickIn label={t('settings.rules.monitor')} none={t('settings.rules.monitor.any')} other={t('settings.rules.other-id')} options={monitors} value={rule.monitor} max={200} problem={problem('when.monitor')} edit={(monitor) => edit({ monitor })} />
        <PickIn label={t('settings.rules.type')} none={t('settings.rules.type.any')} other={t('settings.rules.other-name')} options={TYPES.map((type) => ({ value: type, label: typeText(type, words) }))} value={rule.type} max={60} problem={problem('when.type')} edit={(type) => edit({ type })} />
        <TextIn label={t('settings.rules.pattern')} hint={t('settings.rules.pattern.hint')} placeholder="checkout*" value={rule.pattern} max={200} problem={problem('when.name')} edit={(pattern) => edit({ pattern })} />
        <TextIn label={t('settings.rules.host')} hint={t('settings.rules.host.hint')} placeholder="web-*" value={rule.host} max={200} problem={problem('when.host')} edit={(host) => edit({ host })} />
      </div>
    </>
  );
}

function Hours({ rule, problem, edit }: FormProps) {
  const words = useWords();
  const { t } = words;
  const zones = [...new Set([words.timeZone, rule.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={rule.timed} onChange={(event) => edit({ timed: event.target.checked })} />
        <span>{t('settings.rules.time.only')}</span>
      </label>
      {rule.timed && (
        <div className="rule-hours">
          <Checks label={t('settings.rules.time.days')} hint={t('settings.rules.time.days.hint')} options={DAYS.map((day) => ({ value: day, label: dayName(day, words) }))} on={rule.days} problem={problem('when.time.days')} edit={(days) => edit({ days: [...days].sort((a, b) => a - b) })} />
          <div className="field-row">
            <TimeIn label={t('settings.rules.time.from')} value={rule.from} problem={problem('when.time.from')} edit={(from) => edit({ from })} />
            <TimeIn label={t('settings.rules.time.to')} hint={t('settings.rules.time.to.hint')} value={rule.to} problem={problem('when.time.to')} edit={(to) => edit({ to })} />
            <SelectIn label={t('settings.rules.time.zone')} value={rule.zone} options={zones.map((zone) => ({ value: zone, label: zone }))} problem={problem('when.time.zone')} edit={(zone) => edit({ zone })} />
          </div>
        </div>
      )}
    </>
  );
}

function Action({ rule, spaces, problem, edit }: FormProps) {
  const { t } = useWords();
  const templates = [{ value: '' as const, label: t('home.form.template.chosen') }, ...useTemplates().options];
  return (
    <>
      <div className="field-row">
        <SelectIn label={t('settings.rules.action')} hint={t(`settings.rules.action.${rule.action}.hint`)} value={rule.action} options={ACTIONS.map((action) => ({ value: action, label: t(`settings.rules.action.${action}`) }))} problem={problem('then.action')} edit={(action) => edit({ action })} />
      </div>
      {rule.action === 'declare' && (
        <div className="field-row">
          <SelectIn label={t('severity.label')} value={rule.severity} options={SEVERITIES.map((severity) => ({ value: severity, label: t(`severity.${severity}`) }))} problem={problem('then.severity')} edit={(severity) => edit({ severity })} />
          <SelectIn label={t('settings.rules.kind')} value={rule.kind} options={KINDS.map((kind) => ({ value: kind, label: kind === 'incident' ? t('settings.rules.kind.incident') : t(`board.kind.${kind}`) }))} problem={problem('then.kind')} edit={(kind) => edit({ kind })} />
          <SelectIn label={t('settings.rules.template')} value={rule.template} options={templates} problem={problem('then.template')} edit={(template) => edit({ template })} />
          <PickIn label={t('settings.rules.space')} none={t('settings.rules.space.own')} other={t('settings.rules.other-key')} options={same(spaces)} value={rule.spaceKey} max={255} problem={problem('then.spaceKey')} edit={(spaceKey) => edit({ spaceKey })} />
        </div>
      )}
      {rule.action === 'candidate' && (
        <div className="field-row">
          <TextIn numeric label={t('settings.rules.times')} hint={t('settings.rules.times.hint')} value={rule.times} max={4} problem={problem('then.times')} edit={(times) => edit({ times })} />
          <TextIn numeric label={t('settings.rules.minutes')} hint={t('settings.rules.minutes.hint')} value={rule.minutes} max={4} problem={problem('then.minutes')} edit={(minutes) => edit({ minutes })} />
        </div>
      )}
    </>
  );
}
