import { useState, type KeyboardEvent } from 'react';
import type { AlertStatus, RulesTrialInput, RulesTrialView, RuleTrial as Trial, ServiceView } from '../../../../../src/contract';
import { call } from '../../api';
import { AlertWord, Button, Facts, OutLink } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { useWords } from '../../words';
import { setOf, type RulesDraft } from '../draft';
import { PickIn, SelectIn, TextIn, TimeIn, type Option } from './fields';
import { DAYS, dayName, thenText, TYPES, typeText, whenText, type Names } from './rule-words';
import { freshTrial, outcomeTexts, trialOf, unmetTexts, type Mode, type TrialDraft } from './trial';
import type { Choices } from './use-choices';

const MODES: readonly Mode[] = ['recent', 'one', 'described'];
const STATUSES: readonly AlertStatus[] = ['CRITICAL', 'WARNING', 'UNKNOWN'];
const same = (names: readonly string[]): readonly Option[] => [...new Set(names)].map((name) => ({ value: name, label: name }));

interface Tried {
  readonly input: RulesTrialInput;
  readonly view: RulesTrialView;
}

/** What the rules as they stand in the form would do. Nothing comes of it. */
export function RuleTrial(props: { readonly draft: RulesDraft; readonly services: readonly ServiceView[]; readonly choices: Choices; readonly check: () => boolean }) {
  const words = useWords();
  const { t } = words;
  const inputMethod = useInputMethod();
  const [trial, setTrial] = useState<TrialDraft>(() => freshTrial(Date.now(), words.timeZone));
  const [trying, setTrying] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  /** What the last trial found; it stays until the next one has found something. */
  const [tried, setTried] = useState<Tried | null>(null);
  const edit = (part: Partial<TrialDraft>): void => setTrial((old) => ({ ...old, ...part }));

  const run = (): void => {
    if (trying) return;
    if (!props.check()) return setRefusal(t('settings.rules.trial.mend'));
    const input = trialOf(trial, setOf(props.draft), props.services, words.timeZone, Date.now());
    if (input === null) return setRefusal(t(trial.mode === 'one' ? 'settings.rules.trial.alert-empty' : 'settings.rules.trial.time-empty'));
    setRefusal(null);
    setTrying(true);
    void call('rules.test', input)
      .then(
        (view) => setTried({ input, view }),
        (error: unknown) => setRefusal(words.reason(error)),
      )
      .finally(() => setTrying(false));
  };
  /** Enter tries; it would save the page. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const composing = inputMethod.owns(event);
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (!composing) run();
  };
  const { rules, fallback } = setOf(props.draft);
  const old = tried !== null && JSON.stringify([tried.input.rules, tried.input.fallback, tried.input.services]) !== JSON.stringify([rules, fallback, props.services]);

  return (
    <section className="rule-part" aria-labelledby="trial-title" onKeyDown={onKeyDown} {...inputMethod.handlers}>
      <h3 id="trial-title">{t('settings.rules.trial.title')}</h3>
      <p className="quiet small">{t('settings.rules.trial.intro')}</p>
      <div className="field-row">
        <SelectIn label={t('settings.rules.trial.on')} value={trial.mode} options={MODES.map((mode) => ({ value: mode, label: t(`settings.rules.trial.on.${mode}`) }))} edit={(mode) => edit({ mode })} />
        {trial.mode === 'one' && <TextIn label={t('settings.rules.trial.alert')} hint={t('settings.rules.trial.alert.hint')} value={trial.alert} max={400} edit={(alert) => edit({ alert })} />}
      </div>
      {trial.mode === 'described' && <Described trial={trial} services={props.services} choices={props.choices} edit={edit} />}
      <p className="card-actions">
        <Button busy={trying} onClick={run}>
          {t(trying ? 'settings.rules.trial.running' : 'settings.rules.trial.run')}
        </Button>
      </p>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      {tried !== null && (
        <>
          <p className="quiet small" role="status">
            {[old ? t('settings.rules.trial.old') : t('settings.rules.trial.done', { n: tried.view.trials.length }), ...leftTexts(tried.view, t)].join(' ')}
          </p>
          <ul className="trials">
            {tried.view.trials.map((one, n) => (
              <TrialRow key={one.alert.id ?? n} trial={one} input={tried.input} monitors={props.choices.monitors} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function leftTexts({ left }: RulesTrialView, t: ReturnType<typeof useWords>['t']): readonly string[] {
  return [...(left.more === 0 ? [] : [t('settings.rules.trial.more', { n: left.more })]), ...(left.hidden === 0 ? [] : [t('settings.rules.trial.hidden', { n: left.hidden })])];
}

function Described(props: { readonly trial: TrialDraft; readonly services: readonly ServiceView[]; readonly choices: Choices; readonly edit: (part: Partial<TrialDraft>) => void }) {
  const words = useWords();
  const { t } = words;
  const { trial, edit } = props;
  const { found } = props.choices;
  const none = t('settings.rules.trial.nothing');
  const byId = new Map(found.monitors.map((monitor) => [monitor.id, monitor]));
  return (
    <div className="field-row">
      <SelectIn label={t('settings.rules.status')} value={trial.status} options={STATUSES.map((status) => ({ value: status, label: t(`alert.status.${status}`) }))} edit={(status) => edit({ status })} />
      <PickIn label={t('settings.rules.service')} none={none} other={t('settings.rules.other-name')} options={same([...props.services.map(({ name }) => name), ...found.services])} value={trial.service} max={63} edit={(service) => edit({ service })} />
      <PickIn label={t('settings.rules.role')} none={none} other={t('settings.rules.other-name')} options={same(found.roles)} value={trial.role} max={127} edit={(role) => edit({ role })} />
      <PickIn
        label={t('settings.rules.monitor')}
        none={none}
        other={t('settings.rules.other-id')}
        options={found.monitors.map(({ id, name, type }) => ({ value: id, label: `${name} (${typeText(type, words)})` }))}
        value={trial.monitor}
        max={200}
        edit={(monitor) => {
          const known = byId.get(monitor);
          edit({ monitor, ...(known === undefined ? {} : { name: known.name, type: known.type }) });
        }}
      />
      <PickIn label={t('settings.rules.type')} none={none} other={t('settings.rules.other-name')} options={TYPES.map((type) => ({ value: type, label: typeText(type, words) }))} value={trial.type} max={60} edit={(type) => edit({ type })} />
      <TextIn label={t('settings.rules.trial.name')} value={trial.name} max={200} edit={(name) => edit({ name })} />
      <TextIn label={t('settings.rules.trial.host')} value={trial.host} max={200} edit={(host) => edit({ host })} />
      <SelectIn label={t('settings.rules.trial.day')} value={String(trial.day)} options={DAYS.map((day) => ({ value: String(day), label: dayName(day, words) }))} edit={(day) => edit({ day: Number(day) })} />
      <TimeIn label={t('settings.rules.trial.clock')} hint={words.timeZone} value={trial.clock} edit={(clock) => edit({ clock })} />
    </div>
  );
}

function TrialRow(props: { readonly trial: Trial; readonly input: RulesTrialInput; readonly monitors: Names }) {
  const words = useWords();
  const { t } = words;
  const [open, setOpen] = useState(false);
  const { trial, input, monitors } = props;
  const { alert, decidedBy, unmet } = trial;
  const { said, but } = outcomeTexts(trial, words);
  const nameOf = (index: number): string => {
    const rule = input.rules[index];
    return rule === undefined ? '' : rule.name === '' ? whenText(rule.when, words, monitors) : rule.name;
  };
  const title = alert.name === '' ? t('settings.rules.trial.unnamed') : alert.name;
  return (
    <li className="trial">
      <div className="trial-alert">
        <p className="alert-name">
          <AlertWord status={alert.status} faded={!alert.open} />
          <strong>{title}</strong>
        </p>
        <Facts>
          {alert.host !== null && <span>{alert.host}</span>}
          {alert.service !== null && <span>{alert.service}</span>}
          <span className="tabular" title={words.utc(alert.openedAt)}>
            {words.minute(alert.openedAt, Date.now())}
          </span>
          {!alert.open && <span>{t('settings.rules.trial.over')}</span>}
          {alert.url !== null && (
            <OutLink href={alert.url} label={t('alert.link', { monitor: title })}>
              Mackerel
            </OutLink>
          )}
        </Facts>
      </div>
      <p className="trial-said">
        <strong>
          <span aria-hidden="true">→ </span>
          {said}
        </strong>
        <span className="quiet small">{decidedBy === null ? t('settings.rules.trial.by-fallback') : t('settings.rules.row', { n: decidedBy + 1 })}</span>
        <Button className="small-button" aria-expanded={open} aria-label={t('settings.rules.trial.why-of', { monitor: title })} onClick={() => setOpen(!open)}>
          {t('settings.rules.trial.why')}
        </Button>
      </p>
      {but !== null && <p className="trial-but small">{but}</p>}
      {open && (
        <ol className="trial-why small">
          {unmet.map((names, index) => {
            const when = input.rules[index]?.when;
            return (
              <li key={index}>
                <span className="quiet">{t('settings.rules.trial.passed', { n: index + 1, rule: nameOf(index) })}</span>
                <ul>{when !== undefined && unmetTexts(when, names, alert, words, monitors).map((text) => <li key={text}>{text}</li>)}</ul>
              </li>
            );
          })}
          <li>{decidedBy === null ? t('settings.rules.trial.no-rule', { then: said }) : t('settings.rules.trial.decides', { n: decidedBy + 1, rule: nameOf(decidedBy), then: thenText(trial.outcome, words) })}</li>
        </ol>
      )}
    </li>
  );
}
