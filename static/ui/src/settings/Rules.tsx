import type { AlertStatus, RuleView, Severity } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { changed, moved, row, without, type Row } from './draft';

const STATUSES: readonly AlertStatus[] = ['CRITICAL', 'WARNING', 'UNKNOWN'];
const ACTIONS: readonly RuleView['action'][] = ['ignore', 'candidate', 'declare'];
const SEVERITIES: readonly Severity[] = ['pending', 'sev1', 'sev2', 'sev3', 'sev4'];
const FRESH: RuleView = { service: null, status: 'CRITICAL', action: 'candidate', severity: 'pending' };

export function Rules(props: {
  readonly rows: readonly Row<RuleView>[];
  readonly services: readonly string[];
  readonly problem: string | null;
  readonly edit: (rows: readonly Row<RuleView>[]) => void;
}) {
  const { t } = useWords();
  const { rows, edit } = props;
  return (
    <section className="card settings-card" aria-labelledby="rules-title">
      <h2 id="rules-title">{t('settings.rules.title')}</h2>
      <p className="quiet">{t('settings.rules.intro')}</p>
      {props.problem !== null && (
        <p className="refusal" role="alert">
          {props.problem}
        </p>
      )}
      {rows.length === 0 && <p className="empty-box">{t('settings.rules.none')}</p>}
      {rows.map((one, index) => (
        <RuleRow key={one.id} one={one} index={index} {...props} />
      ))}
      <Button className="add" onClick={() => edit([...rows, row(FRESH)])}>
        {t('settings.rules.add')}
      </Button>
    </section>
  );
}

function RuleRow(props: { readonly one: Row<RuleView>; readonly index: number; readonly rows: readonly Row<RuleView>[]; readonly services: readonly string[]; readonly edit: (rows: readonly Row<RuleView>[]) => void }) {
  const { t } = useWords();
  const { rows, edit, index } = props;
  const { id, value } = props.one;
  const names = [...new Set([...props.services, ...(value.service === null ? [] : [value.service])])];
  const set = (part: Partial<RuleView>): void => edit(changed(rows, id, part));
  return (
    <div className="row row-rule" role="group" aria-label={t('settings.rules.row', { n: index + 1 })}>
      <span className="row-number tabular">{index + 1}</span>
      <label className="field">
        <span className="label">{t('settings.rules.service')}</span>
        <select className="select" value={value.service ?? ''} onChange={(event) => set({ service: event.target.value === '' ? null : event.target.value })}>
          <option value="">{t('settings.rules.service.any')}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span className="label">{t('settings.rules.status')}</span>
        <select className="select" value={value.status ?? ''} onChange={(event) => set({ status: STATUSES.find((known) => known === event.target.value) ?? null })}>
          <option value="">{t('settings.rules.status.any')}</option>
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`alert.status.${status}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span className="label">{t('settings.rules.action')}</span>
        <select className="select" value={value.action} onChange={(event) => set({ action: ACTIONS.find((known) => known === event.target.value) ?? 'candidate' })}>
          {ACTIONS.map((action) => (
            <option key={action} value={action}>
              {t(`settings.rules.action.${action}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span className="label">{t('settings.rules.severity')}</span>
        <select className="select" disabled={value.action !== 'declare'} value={value.severity} onChange={(event) => set({ severity: SEVERITIES.find((known) => known === event.target.value) ?? 'pending' })}>
          {SEVERITIES.map((severity) => (
            <option key={severity} value={severity}>
              {t(`severity.${severity}`)}
            </option>
          ))}
        </select>
      </label>
      <span className="row-buttons">
        <Button look="quiet" className="row-button" aria-label={t('settings.rules.up', { n: index + 1 })} disabled={index === 0} onClick={() => edit(moved(rows, id, -1))}>
          ↑
        </Button>
        <Button look="quiet" className="row-button" aria-label={t('settings.rules.down', { n: index + 1 })} disabled={index === rows.length - 1} onClick={() => edit(moved(rows, id, 1))}>
          ↓
        </Button>
        <Button look="quiet" className="row-button" aria-label={t('settings.row.remove', { n: index + 1 })} onClick={() => edit(without(rows, id))}>
          ×
        </Button>
      </span>
    </div>
  );
}
