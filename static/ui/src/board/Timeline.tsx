/** What happened, newest first. It scrolls inside its own box: in a macro's frame nothing else can. */
import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AlertView, EntryView, Flap, IncidentHeadView, TicketView } from '../../../../src/contract';
import { openDialog } from '../api';
import { afterPaint } from '../parts/after-paint';
import { Boundary } from '../parts/Boundary';
import { Button } from '../parts/basics';
import { knownName } from '../parts/people';
import { useWords, WordsProvider } from '../words';
import { useActs } from './timeline/acts';
import { DeskProvider, type Desk } from './timeline/desk';
import { TOP_PX } from './timeline/lists';
import { Older } from './timeline/Older';
import { Pinned } from './timeline/Pinned';
import { PlainList } from './timeline/PlainList';
import { RowItem } from './timeline/RowItem';
import { buildRows, pinnedOf, type Row } from './timeline/rows';
import { saidBy } from './timeline/said';
import { Tools } from './timeline/Tools';
import { useNews } from './timeline/use-news';
import { useSearch } from './timeline/use-search';
import { useSeek, type Sought } from './timeline/use-seek';
import { useTimelineView } from './timeline/view';
import { summaryFrom } from './improvements/row';

const Composer = lazy(() => afterPaint().then(() => import('./timeline/Composer')));
const VirtualList = lazy(() => afterPaint().then(() => import('./timeline/VirtualList')));
/** More rows than this are not all put into the document. */
const FEW_ROWS = 60;

const NO_TICKETS: readonly TicketView[] = [];

export interface TimelineProps {
  readonly head: Pick<IncidentHeadView, 'id' | 'key' | 'title' | 'detectedAt' | 'version'>;
  readonly entries: readonly EntryView[];
  /** How many more there are than `entries`. */
  readonly older: number;
  readonly alerts: readonly AlertView[];
  readonly flaps: readonly Flap[];
  readonly tickets: readonly TicketView[];
  /** The entry somebody wants to see. */
  readonly sought: Sought | null;
  readonly pass: string;
  readonly canEdit: boolean;
  /** Whether notes can be written: also where nothing else can be changed, while something typed is left there. */
  readonly writes: boolean;
  /** Server clock minus this computer's, ms. */
  readonly skew: number;
  /** When the app last answered this board, epoch ms. */
  readonly heardAt: number;
  /** The moment of the past that is shown; null: now. */
  readonly at: number | null;
  readonly accept: (head: IncidentHeadView) => void;
  readonly refresh: () => void;
  readonly loadOlder: () => Promise<void>;
  readonly rewind: () => void;
}

export const Timeline = memo(function Timeline(props: TimelineProps) {
  const own = useWords();
  const { view, change } = useTimelineView();
  const words = view.zone === 'local' ? own : own.inZone(view.zone);
  const { t } = words;
  const { head, alerts, flaps, tickets, at, skew, refresh } = props;
  const canEdit = props.canEdit && at === null;
  const box = useRef<HTMLDivElement>(null);
  const acts = useActs(head.id, props.accept);
  const { entries, removed } = useMemo(() => acts.seen(props.entries), [acts, props.entries]);
  const news = useNews(props.entries, head.version, at !== null, box);
  const [query, setQuery] = useState('');
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);

  const alertsById = useMemo(() => new Map(alerts.map((alert) => [alert.id, alert])), [alerts]);
  const alertOf = useCallback((entry: EntryView) => (entry.alertId === null ? null : (alertsById.get(entry.alertId) ?? null)), [alertsById]);
  const { asked, textOf } = useSearch(query, entries, words, alertOf);
  const rows = useMemo(
    () => buildRows({ entries, alerts, flaps, removed: at === null ? removed : new Map(), view, query: asked, unfolded, dayOf: words.day, now: Date.now() + skew, textOf }),
    [entries, alerts, flaps, removed, at, view, asked, unfolded, words, skew, textOf],
  );

  const open = useCallback(
    (name: 'note' | 'note-history' | 'paste' | 'copy' | 'ticket', title: string, given: Readonly<Record<string, unknown>>) => {
      setFailure(null);
      const place = { incidentId: head.id, pass: props.pass, zone: words.timeZone, skew };
      void openDialog(name, title, { ...place, ...given }, name === 'paste' || name === 'copy' ? 'large' : 'medium').then(
        (answer) => answer !== null && refresh(),
        (error: unknown) => setFailure(words.reason(error)),
      );
    },
    [head.id, props.pass, words, skew, refresh],
  );
  const ticketsByEntry = useMemo(() => {
    const byEntry = new Map<string, TicketView[]>();
    for (const ticket of tickets) if (ticket.entryId !== null) byEntry.set(ticket.entryId, [...(byEntry.get(ticket.entryId) ?? []), ticket]);
    return byEntry;
  }, [tickets]);
  const unfold = useCallback(
    (id: string) =>
      setUnfolded((old) => {
        const next = new Set(old);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const desk = useMemo<Desk>(
    () => ({
      canEdit,
      alertOf,
      pin: acts.pin,
      remove: acts.remove,
      restore: acts.restore,
      pending: acts.pending,
      edit: ({ id, v, text, at: when, link }) => open('note', t('note.edit.title'), { entryId: id, base: v, text, at: when, link }),
      history: ({ id }) => open('note-history', t('note.history.title'), { entryId: id }),
      toList: () => box.current?.focus({ preventScroll: true }),
      unfold,
      ticketsOf: (id) => ticketsByEntry.get(id) ?? NO_TICKETS,
      ticket: (entry) => open('ticket', t('ticket.new.title'), { entryId: entry.id, summary: summaryFrom(saidBy(entry, words, (id) => knownName(id) ?? '')) }),
    }),
    [canEdit, alertOf, acts, open, t, unfold, ticketsByEntry, words],
  );
  const draw = useCallback((row: Row) => <RowItem row={row} fresh={row.kind === 'entry' && news.fresh.has(row.entry.id)} />, [news.fresh]);
  const filtered = view.shows !== 'all' || view.hideAutomatic || query !== '';
  const showAll = (): void => (change({ shows: 'all', hideAutomatic: false }), setQuery(''));
  useSeek(props.sought, rows, box, { filtered, showAll, older: props.older, loadOlder: props.loadOlder, unfold });
  const list = { box, rows, size: rows.length + props.older, draw };
  const facts = (): readonly object[] => alerts.map(({ id, unit, host }) => ({ id, unit, host }));

  return (
    <WordsProvider words={words}>
      <DeskProvider value={desk}>
        <section className="card timeline" aria-labelledby="timeline-title">
          <div className="card-title">
            <h2 id="timeline-title">{t('board.timeline.title')}</h2>
            {news.unread > 0 && (
              <button type="button" className="pill" onClick={() => box.current?.scrollTo({ top: 0, behavior: 'auto' })}>
                {t('board.timeline.new', { n: news.unread })} ↑
              </button>
            )}
          </div>
          <Tools
            view={view}
            change={change}
            query={query}
            search={setQuery}
            canEdit={canEdit}
            rewind={props.rewind}
            paste={() => open('paste', t('paste.title'), { detectedAt: head.detectedAt })}
            copy={() => open('copy', t('timeline.copy'), { title: `${head.key} ${head.title}`, alerts: facts(), at })}
            localZone={own.timeZone}
          />
          <Refusals acts={acts.refusal} dialog={failure} />
          {props.writes && (
            <div className="composer-place" hidden={at !== null}>
              <Boundary fallback={<p className="quiet">{t('note.unavailable')}</p>}>
                <Suspense fallback={null}>
                  <Composer incidentId={head.id} entries={props.entries} skew={skew} heardAt={props.heardAt} accept={props.accept} />
                </Suspense>
              </Boundary>
            </div>
          )}
          <Pinned entries={pinnedOf(entries)} />
          <div className="timeline-box" ref={box} tabIndex={0} role="group" aria-labelledby="timeline-title" onScroll={(event) => event.currentTarget.scrollTop < TOP_PX && news.seen()}>
            {rows.length === 0 ? (
              <p className="empty">
                {t(filtered ? 'timeline.nothing' : 'board.timeline.empty')}{' '}
                {filtered && (
                  <Button look="quiet" onClick={showAll}>
                    {t('timeline.show-everything')}
                  </Button>
                )}
              </p>
            ) : rows.length <= FEW_ROWS ? (
              <PlainList {...list} />
            ) : (
              <Boundary fallback={<PlainList {...list} />}>
                <Suspense fallback={<PlainList {...list} rows={rows.slice(0, FEW_ROWS)} />}>
                  <VirtualList {...list} />
                </Suspense>
              </Boundary>
            )}
            {props.older > 0 && <Older count={props.older} load={props.loadOlder} />}
          </div>
          <p className="hidden" aria-live="polite">
            {news.said !== null && t('timeline.announce', { n: news.said.count, last: saidBy(news.said.last, words, (id) => knownName(id) ?? '') })}
          </p>
        </section>
      </DeskProvider>
    </WordsProvider>
  );
});

/** Why a press on the timeline did not work. */
function Refusals(props: { readonly acts: string | null; readonly dialog: string | null }) {
  const said = props.acts ?? props.dialog;
  const element = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (said !== null) element.current?.scrollIntoView?.({ block: 'nearest' });
  }, [said]);
  return (
    <p className="refusal timeline-refusal" role="alert" ref={element}>
      {said}
    </p>
  );
}
