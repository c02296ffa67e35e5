import { lazy, Suspense, useRef, useState } from 'react';
import DynamicTable from '@atlaskit/dynamic-table';
import Textfield from '@atlaskit/textfield';
import type { IncidentHeadView, IncidentStatus, SpaceView } from '../../../../src/contract';
import { elapsed } from '../board/logic';
import { Boundary } from '../parts/Boundary';
import { Notice, SeverityMark, StatusMark, Time } from '../parts/basics';
import { useWords } from '../words';

const Import = lazy(() => import('./Import'));

const STATUSES: readonly IncidentStatus[] = ['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled', 'merged'];
const COLUMNS = ['key', 'title', 'severity', 'status', 'service', 'declared', 'duration'] as const;

/** Those whose key, title or service contains `text`, of `status` unless that is empty; newest first. */
export function matching(incidents: readonly IncidentHeadView[], text: string, status: string): readonly IncidentHeadView[] {
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  return incidents
    .filter((incident) => status === '' || incident.status === status)
    .filter((incident) => [incident.key, incident.title, incident.service ?? ''].some((field) => field.normalize('NFKC').toLowerCase().includes(wanted)))
    .sort((a, b) => b.declaredAt - a.declaredAt);
}

export function AllTab(props: { readonly incidents: readonly IncidentHeadView[]; readonly now: number; readonly openBoard: (incidentId: string) => void; readonly changed: () => void; /** Where a record can be brought to; null: the viewer brings none. */ readonly importTo: readonly SpaceView[] | null }) {
  const words = useWords();
  const { t } = words;
  const [text, setText] = useState('');
  const [status, setStatus] = useState('');
  const [importing, setImporting] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { importTo } = props;
  const found = matching(props.incidents, text, status);
  const rows = found.map((incident) => {
    const over = incident.resolvedAt !== null || incident.closedAt !== null;
    const cells = [
      <span className="tabular nowrap">{incident.key}</span>,
      <button type="button" className="link-button" onClick={() => props.openBoard(incident.id)}>
        {incident.title}
      </button>,
      <SeverityMark severity={incident.severity} over={over} />,
      <StatusMark status={incident.status} />,
      incident.service ?? t('common.nobody'),
      <span className="nowrap">
        <Time at={incident.declaredAt} now={props.now} />
      </span>,
      <span className="tabular nowrap">{words.duration(elapsed(incident, props.now).ms)}</span>,
    ];
    return { key: incident.id, cells: cells.map((content, i) => ({ key: COLUMNS[i] ?? String(i), content })) };
  });
  return (
    <div className="all">
      <div className="filters">
        <Textfield type="search" aria-label={t('home.search')} placeholder={t('home.search')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
        <select className="select" aria-label={t('home.filter.status')} value={status} onChange={(event) => setStatus(event.target.value)}>
          <option value="">{t('home.filter.any')}</option>
          {STATUSES.map((value) => (
            <option key={value} value={value}>
              {t(`status.${value}`)}
            </option>
          ))}
        </select>
        <span className="as-of" role="status">
          {t('home.all.count', { n: found.length })}
        </span>
        {importTo !== null && (
          <button ref={opener} type="button" className="button button-default" aria-expanded={importing} onClick={() => setImporting(!importing)}>
            {t('settings.import.open')}
          </button>
        )}
      </div>
      {importing && importTo !== null && (
        <Boundary fallback={<Notice title={t('home.error.title')} />}>
          <Suspense fallback={null}>
            <Import
              spaces={importTo}
              changed={props.changed}
              close={() => {
                setImporting(false);
                opener.current?.focus();
              }}
            />
          </Suspense>
        </Boundary>
      )}
      <div className="table-box" tabIndex={0} role="region" aria-label={t('home.tab.all')}>
        <DynamicTable
          head={{ cells: COLUMNS.map((key) => ({ key, content: t(`home.col.${key}`) })) }}
          rows={rows}
          rowsPerPage={25}
          emptyView={<p className="quiet">{t(props.incidents.length === 0 ? 'home.all.empty' : 'home.all.none')}</p>}
        />
      </div>
    </div>
  );
}
