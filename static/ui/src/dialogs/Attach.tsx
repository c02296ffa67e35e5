import { useEffect, useMemo, useRef, useState } from 'react';
import type { AttachableAlert } from '../../../../src/contract';
import { call, press } from '../api';
import type { DialogProps } from '../dialog';
import { AlertWord, Button } from '../parts/basics';
import { useWords, type Words } from '../words';
import { textOf } from './given';

type Loaded = { readonly at: 'loading' } | { readonly at: 'failed'; readonly error: unknown } | { readonly at: 'shown'; readonly alerts: readonly AttachableAlert[] };
type Sent = 'sending' | 'linked' | { readonly refused: string };

/** Open and recent alerts of Mackerel; each is linked with its own press, which says at once what came of it. */
export default function Attach({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const incidentId = textOf(given, 'incidentId');
  const pass = textOf(given, 'pass');
  const [loaded, setLoaded] = useState<Loaded>({ at: 'loading' });
  const [round, setRound] = useState(0);
  const [sought, setSought] = useState('');
  const [sent, setSent] = useState<ReadonlyMap<string, Sent>>(new Map());
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    void call('board.attachable', { incidentId, pass }).then(
      ({ alerts }) => setLoaded({ at: 'shown', alerts }),
      (error: unknown) => setLoaded({ at: 'failed', error }),
    );
  }, [incidentId, pass, round]);

  const rows = loaded.at === 'shown' ? loaded.alerts : null;
  const shown = useMemo(() => (rows === null ? [] : matching(rows, sought)), [rows, sought]);
  const tell = (alertId: string, news: Sent): void => setSent((old) => new Map(old).set(alertId, news));
  const link = (alertId: string): void => {
    tell(alertId, 'sending');
    void press('alert.attach', { incidentId, opId: crypto.randomUUID(), alertId }).then(
      () => tell(alertId, 'linked'),
      (error: unknown) => tell(alertId, { refused: words.reason(error) }),
    );
  };

  return (
    <div className="dialog-list">
      <input ref={field} type="search" className="input" value={sought} placeholder={t('alert.attach.search')} aria-label={t('alert.attach.search')} onChange={(event) => setSought(event.target.value)} />
      {loaded.at === 'loading' && <p role="status">{t('common.loading')}</p>}
      {loaded.at === 'failed' && (
        <p role="alert">
          {words.reason(loaded.error)} <Button onClick={() => setRound((n) => n + 1)}>{t('common.retry')}</Button>
        </p>
      )}
      {rows !== null && shown.length === 0 && <p className="quiet">{t(rows.length === 0 ? 'alert.attach.none' : 'alert.attach.no-match')}</p>}
      <ul className="rows">
        {shown.map((row) => (
          <Row key={row.alert.id} row={row} sent={sent.get(row.alert.id) ?? null} link={() => link(row.alert.id)} words={words} />
        ))}
      </ul>
      <div className="dialog-actions">
        <Button onClick={() => done(null)}>{t('common.done')}</Button>
      </div>
    </div>
  );
}

function Row(props: { readonly row: AttachableAlert; readonly sent: Sent | null; readonly link: () => void; readonly words: Words }) {
  const { t, minute, utc, value } = props.words;
  const { alert, taken, takenBy } = props.row;
  const { sent } = props;
  const where = [alert.host?.name, alert.service].filter(Boolean).join(' · ');
  return (
    <li className="row">
      <div className="row-main">
        <span className="alert-name">
          <AlertWord status={alert.status} faded={!alert.open} />
          <strong>{alert.monitorName}</strong>
        </span>
        <span className="quiet small">
          {where}
          {where === '' ? '' : ' · '}
          <span title={utc(alert.openedAt)}>{minute(alert.openedAt, Date.now())}</span>
          {alert.valueAtOpening !== null && ` · ${value(alert.valueAtOpening, alert.unit)}`}
          {alert.closedAt !== null && ` · ${t('alert.recovered-at', { time: minute(alert.closedAt, Date.now()) })}`}
        </span>
        {typeof sent === 'object' && sent !== null && (
          <span className="refusal small" role="alert">
            {sent.refused}
          </span>
        )}
      </div>
      {sent === 'linked' ? (
        <span className="row-said" role="status">
          {t('alert.attach.linked')}
        </span>
      ) : taken ? (
        <span className="quiet small row-said">{takenBy === null ? t('alert.attach.taken') : t('alert.attach.taken-by', { key: takenBy })}</span>
      ) : (
        <Button busy={sent === 'sending'} aria-label={t('alert.attach.link', { monitor: alert.monitorName })} onClick={props.link}>
          {t(sent === 'sending' ? 'common.saving' : 'alert.attach.yes')}
        </Button>
      )}
    </li>
  );
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
/** Every word typed has to be found somewhere in the row; firing ones first. */
function matching(rows: readonly AttachableAlert[], sought: string): readonly AttachableAlert[] {
  const words = plain(sought).split(/\s+/).filter(Boolean);
  const found = rows.filter(({ alert, takenBy }) => {
    const text = plain([alert.monitorName, alert.host?.name, alert.service, alert.metricLabel, alert.message, takenBy].filter(Boolean).join(' '));
    return words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => Number(b.alert.open) - Number(a.alert.open) || b.alert.openedAt - a.alert.openedAt);
}
