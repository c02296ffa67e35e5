/** For whoever comes back after five minutes or more: what changed meanwhile. Reads and keeps what this browser last saw. */
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BoardView } from '../../../../src/contract';
import { useAccount } from '../parts/account';
import { Button } from '../parts/basics';
import { CrossIcon } from '../parts/icons';
import { kept } from '../parts/kept';
import { useName } from '../parts/people';
import { useWords } from '../words';
import { AWAY_MS, parseSeen, seenOf, sinceLeft, type Seen, type SinceLine } from './since';

const KEEP_EVERY_MS = 15_000;
const FEW = 3;

interface Back {
  readonly then: Seen;
  readonly lines: readonly SinceLine[];
}

/** null: was not away, nothing happened, or it was read already. */
function useSince(board: BoardView, skew: number): { readonly back: Back | null; readonly dismiss: () => void } {
  const account = useAccount();
  const store = useMemo(() => kept(`seen:${board.incident.id}:${account ?? ''}`, parseSeen), [board.incident.id, account]);
  const latest = useRef(board);
  latest.current = board;
  const last = useRef<Seen | null>(null);
  /** Server time from which an answer tells the news of the absence; null: none is awaited. */
  const returned = useRef<number | null>(null);
  const [back, setBack] = useState<Back | null>(null);

  // Before the first paint: what comes in at the top later would push everything down.
  useLayoutEffect(() => {
    const now = (): number => Date.now() + skew;
    const keep = (): void => {
      // While news of an absence are awaited, what was seen before it still counts.
      if (returned.current !== null) return;
      last.current = seenOf(latest.current, now());
      store.write(last.current);
    };
    const arrive = (seen: Seen | null, from: number): void => {
      if (seen !== null && from - seen.at >= AWAY_MS) {
        last.current = seen;
        returned.current = from;
      } else keep();
    };
    if (last.current === null) arrive(store.read(), latest.current.now);
    const look = (): void => (document.visibilityState === 'visible' ? arrive(last.current, now()) : keep());
    const timer = setInterval(() => document.visibilityState === 'visible' && keep(), KEEP_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('pagehide', keep);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('pagehide', keep);
    };
  }, [store, skew]);

  useLayoutEffect(() => {
    const then = last.current;
    if (returned.current === null || then === null || board.now < returned.current) return;
    returned.current = null;
    const lines = sinceLeft(then, board, account);
    setBack(lines.length === 0 ? null : { then, lines });
    last.current = seenOf(board, board.now);
    store.write(last.current);
  }, [board, account, store]);
  return { back, dismiss: () => setBack(null) };
}

export function SinceYouLeft(props: { readonly board: BoardView; readonly skew: number }) {
  const words = useWords();
  const { t } = words;
  const { back, dismiss } = useSince(props.board, props.skew);
  if (back === null) return null;
  return (
    <section className="card since" aria-labelledby="since-title" role="status">
      <h2 id="since-title">{t('since.title', { time: words.stamp(back.then.at, props.board.now) })}</h2>
      <ul>
        {back.lines.map((line) => (
          <li key={line.kind}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      <Button look="quiet" className="since-close" aria-label={t('since.dismiss')} title={t('since.dismiss')} onClick={dismiss}>
        <CrossIcon />
      </Button>
    </section>
  );
}

function Line({ line }: { readonly line: SinceLine }) {
  const { t } = useWords();
  const some = (names: readonly string[]): string => names.slice(0, FEW).join(t('common.list-separator')) + (names.length > FEW ? t('since.and-more', { n: names.length - FEW }) : '');
  switch (line.kind) {
    case 'state': {
      const { status, severity } = line;
      const said = [status === null ? null : t('since.status', { to: t(`status.${status.to}`) }), severity === null ? null : t('since.severity', { to: t(`severity.${severity.to}`) })];
      return <>{said.filter((part) => part !== null).join(' · ')}</>;
    }
    case 'alerts': {
      const { opened, recovered } = line;
      const said = [opened.length === 0 ? null : t('since.opened', { n: opened.length, names: some(opened) }), recovered.length === 0 ? null : t('since.recovered', { n: recovered.length, names: some(recovered) })];
      return <>{said.filter((part) => part !== null).join(' · ')}</>;
    }
    case 'roles':
      return (
        <>
          {line.roles.map((role, n) => (
            <span key={role.id}>
              {n > 0 && ' · '}
              <Role role={role} />
            </span>
          ))}
        </>
      );
    case 'situation':
      return <>{line.text === '' ? t('since.situation-cleared') : t('since.situation', { text: line.text })}</>;
    case 'notes':
      return <>{t('since.notes', { n: line.count })}</>;
  }
}

function Role({ role }: { readonly role: Extract<SinceLine, { kind: 'roles' }>['roles'][number] }) {
  const { t } = useWords();
  const who = useName(role.person) ?? t('common.nobody');
  return <>{t('since.role', { role: role.id, name: role.name ?? role.id, who })}</>;
}
