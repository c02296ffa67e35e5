/** Every change of the incident: who, when, what it was and is. */
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { AuditKind, AuditRow, AuditView, ReportLine } from '../../../../src/contract';
import type { DialogProps } from '../dialog';
import { Button, Notice } from '../parts/basics';
import { download } from '../parts/download';
import { namesOf, Person } from '../parts/people';
import { loadAuditTexts, useWords } from '../words';
import { auditCsv, KINDS, peopleIn, readAudit, readWhole, type Asked } from './audit/audit';
import { textOf } from './given';
import { Line } from './report/Line';
import { WithTexts } from './WithTexts';

export default function Audit(props: DialogProps) {
  return (
    <WithTexts load={loadAuditTexts}>
      <History incidentId={textOf(props.given, 'incidentId')} title={textOf(props.given, 'key')} done={props.done} />
    </WithTexts>
  );
}

function History(props: { readonly incidentId: string; readonly title: string; readonly done: DialogProps['done'] }) {
  const words = useWords();
  const { t, lang, timeZone } = words;
  const id = useId();
  const [kind, setKind] = useState<AuditKind | null>(null);
  const [page, setPage] = useState<AuditView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState<'more' | 'csv' | null>(null);
  const [said, setSaid] = useState('');
  const turn = useRef(0);
  const asked = useMemo((): Asked => ({ incidentId: props.incidentId, kind, lang, zone: timeZone }), [props.incidentId, kind, lang, timeZone]);

  /** `known`: what is shown already; older ones are added to it. */
  const read = useCallback(
    (known: AuditView | null): void => {
      turn.current += 1;
      const own = turn.current;
      setFailure(null);
      setBusy(known === null ? null : 'more');
      void readAudit(asked, known?.next ?? null)
        .then(
          (found) => own === turn.current && setPage(known === null ? found : { ...found, rows: [...known.rows, ...found.rows] }),
          (error: unknown) => own === turn.current && setFailure(error),
        )
        .finally(() => own === turn.current && setBusy(null));
    },
    [asked],
  );
  useEffect(() => {
    setPage(null);
    read(null);
  }, [read]);

  const save = async (): Promise<void> => {
    if (busy !== null) return;
    setBusy('csv');
    setFailure(null);
    setSaid('');
    try {
      const rows = await readWhole(asked);
      const names = await namesOf(peopleIn(rows));
      const columns = [t('audit.time'), t('audit.by'), t('audit.kind'), t('audit.what'), t('audit.before'), t('audit.after')];
      const name = `${[t('audit.file'), props.title].filter((part) => part !== '').join('_')}.csv`;
      download(name, auditCsv(rows, columns, timeZone, { nameOf: (one) => names.get(one) ?? t('common.nobody'), kindOf: (one) => t(`audit.kind.${one}`), automatic: t('audit.automatic') }), 'text/csv');
      setSaid(t('audit.done', { name }));
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(null);
    }
  };

  return (
    <div className="dialog-form audit">
      <p className="quiet">{t('audit.intro')}</p>
      <div className="field audit-kind">
        <label htmlFor={`${id}-kind`}>{t('audit.kind')}</label>
        <select id={`${id}-kind`} className="select" value={kind ?? ''} onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? null)}>
          <option value="">{t('audit.kind.all')}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`audit.kind.${one}`)}
            </option>
          ))}
        </select>
      </div>
      {failure !== null && (
        <Notice tone="warning" title={t('audit.failed')} actions={<Button onClick={() => read(page)}>{t('common.retry')}</Button>}>
          <p>{words.reason(failure)}</p>
        </Notice>
      )}
      {page === null && failure === null && (
        <p role="status" className="quiet">
          {t('common.loading')}
        </p>
      )}
      {page !== null && page.rows.length === 0 && <p className="empty-box">{t('audit.empty')}</p>}
      {page !== null && page.rows.length > 0 && <Rows rows={page.rows} />}
      {page !== null && page.next === null && page.left > 0 && (kind === null || kind === 'review') && <p className="quiet small">{t('audit.left', { n: page.left })}</p>}
      <div className="dialog-actions">
        <p className="small" role="status">
          {said}
        </p>
        {page?.next != null && (
          <Button busy={busy === 'more'} onClick={() => read(page)}>
            {t(busy === 'more' ? 'common.loading' : 'audit.more')}
          </Button>
        )}
        <Button busy={busy === 'csv'} disabled={page === null} onClick={() => void save()}>
          {t('audit.csv')}
        </Button>
        <Button look="primary" onClick={() => props.done(null)}>
          {t('common.done')}
        </Button>
      </div>
    </div>
  );
}

function Rows(props: { readonly rows: readonly AuditRow[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <ol className="audit-rows" aria-label={t('board.audit.title')}>
      {props.rows.map(({ id, at, by, what, before, after }) => (
        <li key={id}>
          <p className="quiet small">
            <time dateTime={new Date(at).toISOString()} title={words.utc(at)} className="tabular">
              {words.day(at)} {words.clock(at)}
            </time>{' '}
            {by === null ? t('audit.automatic') : <Person person={by} />}
          </p>
          <p className="audit-what">
            <Line line={what} />
          </p>
          {before.length + after.length > 0 && (
            <dl>
              <Side name="before" line={before} />
              <Side name="after" line={after} />
            </dl>
          )}
        </li>
      ))}
    </ol>
  );
}

function Side(props: { readonly name: 'before' | 'after'; readonly line: ReportLine }) {
  const { t } = useWords();
  return (
    <div>
      <dt>{t(`audit.${props.name}`)}</dt>
      <dd>{props.line.length === 0 ? t('common.nobody') : <Line line={props.line} />}</dd>
    </div>
  );
}
