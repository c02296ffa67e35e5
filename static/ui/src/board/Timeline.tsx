import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { AlertView, EntryView } from '../../../../src/contract';
import { AlertWord } from '../parts/basics';
import { Person } from '../parts/people';
import { useWords, type Words } from '../words';
import { timeline } from './logic';

/** Scrolls inside its own box: in a macro's frame nothing else can. New rows never move what is being read. */
export const Timeline = memo(function Timeline(props: { readonly entries: readonly EntryView[]; readonly alerts: readonly AlertView[]; readonly skew: number }) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const known = useRef<{ count: number; height: number } | null>(null);
  const [unread, setUnread] = useState(0);
  const rows = timeline(props.entries);
  const now = Date.now() + props.skew;

  useLayoutEffect(() => {
    const scroller = box.current;
    if (scroller === null) return;
    const before = known.current;
    known.current = { count: rows.length, height: scroller.scrollHeight };
    if (before === null || rows.length <= before.count || scroller.scrollTop < 8) return;
    scroller.scrollTop += scroller.scrollHeight - before.height;
    setUnread((n) => n + rows.length - before.count);
  }, [rows.length]);

  return (
    <section className="card timeline" aria-labelledby="timeline-title">
      <div className="card-title">
        <h2 id="timeline-title">{t('board.timeline.title')}</h2>
        {unread > 0 && (
          <button type="button" className="pill" onClick={() => box.current?.scrollTo({ top: 0, behavior: 'auto' })}>
            {t('board.timeline.new', { n: unread })} ↑
          </button>
        )}
      </div>
      <div className="timeline-box" ref={box} tabIndex={0} role="group" aria-labelledby="timeline-title" onScroll={(event) => event.currentTarget.scrollTop < 8 && setUnread(0)}>
        {rows.length === 0 ? (
          <p className="empty">{t('board.timeline.empty')}</p>
        ) : (
          <ol className="entry-list">
            {rows.map((entry) => (
              <Entry key={entry.id} entry={entry} alert={props.alerts.find((alert) => alert.id === entry.alertId) ?? null} hour={Math.floor(now / 3_600_000)} />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
});

const Entry = memo(
  function Entry(props: { readonly entry: EntryView; readonly alert: AlertView | null; readonly hour: number }) {
    const words = useWords();
    const { t } = words;
    const { entry, alert } = props;
    const said = entry.text ?? (entry.messageKey === null ? t('entry.unknown') : words.say(entry.messageKey, entry.params, 'entry.unknown'));
    const details = entry.source === 'mackerel' ? [measured(entry, words, alert?.unit ?? null), hostName(entry, alert)].filter((detail) => detail !== null) : [];
    return (
      <li className={`entry entry-${entry.source}`}>
        <time dateTime={new Date(entry.at).toISOString()} title={words.utc(entry.at)} className="tabular">
          {words.stamp(entry.at, props.hour * 3_600_000)}
        </time>
        <span className="entry-who">{entry.by !== null ? <Person person={entry.by} /> : entry.source === 'mackerel' ? 'Mackerel' : entry.source === 'deploy' ? t('board.deploy') : t('board.timeline.automatic')}</span>
        <span className="entry-text">
          {entry.status !== null && <AlertWord status={entry.status} />}
          <span>{said}</span>
          {details.map((detail) => (
            <span key={detail} className="quiet tabular">
              {detail}
            </span>
          ))}
        </span>
      </li>
    );
  },
  (a, b) => a.entry === b.entry && a.hour === b.hour && a.alert?.unit === b.alert?.unit && a.alert?.host?.name === b.alert?.host?.name,
);

/** `1,120 ms > 800 ms`: what was measured and against which threshold, as far as the log says. */
function measured(entry: EntryView, words: Words, unit: string | null): string | null {
  const { value, threshold, operator } = entry.params;
  if (typeof value !== 'number') return null;
  const limit = typeof threshold === 'number' ? ` ${operator ?? ''} ${words.value(threshold, unit)}` : '';
  return words.value(value, unit) + limit;
}
function hostName(entry: EntryView, alert: AlertView | null): string | null {
  const { host } = entry.params;
  return typeof host === 'string' && host !== '' ? host : (alert?.host?.name ?? null);
}
