/** The slider over the incident and the words that say which past is shown. It stands above everything the past is shown in. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { EntryView, IncidentHeadView } from '../../../../../src/contract';
import { boardUrl } from '../../api';
import { Button, useNow } from '../../parts/basics';
import { useWords } from '../../words';
import { urlAt } from './link';
import { stepFrom, ticksOf } from './rewind';
import type { Rewind } from './use-rewind';

const STEP_MS = 1_000;

export interface RewindBarProps {
  readonly rewind: Rewind;
  /** As it is now, whatever is shown. */
  readonly head: IncidentHeadView;
  readonly entries: readonly EntryView[];
  /** How many entries are not read yet; the slider needs them all. */
  readonly older: number;
  readonly loadOlder: () => Promise<void>;
  readonly skew: number;
}

export default function RewindBar(props: RewindBarProps) {
  const words = useWords();
  const { t } = words;
  const { rewind, head, older, loadOlder } = props;
  const now = useNow(props.skew, 10_000);
  const slider = useRef<HTMLInputElement>(null);
  const from = head.detectedAt;
  const over = head.resolvedAt ?? head.closedAt;
  const to = Math.max(from + STEP_MS, over ?? now, rewind.at ?? 0);
  const ticks = useMemo(() => ticksOf(props.entries, from, to), [props.entries, from, to]);
  const at = rewind.at ?? to;
  const { store } = rewind;

  useEffect(() => {
    slider.current?.focus();
    return () => document.querySelector<HTMLElement>('[data-shortcut=r]')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (older > 0) void loadOlder().catch(() => undefined);
  }, [older, loadOlder]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] as 1 | -1 | undefined;
    const target = event.key === 'Home' ? from : event.key === 'End' ? to : step === undefined ? null : stepFrom(at, step, ticks, from, to);
    if (event.key === 'Escape') store.close();
    if (target === null) return;
    event.preventDefault();
    store.go(target);
  };
  const share = (ms: number): string => `${((ms - from) / (to - from)) * 100}%`;
  const shown = rewind.at === null ? t('rewind.now') : t('rewind.as-known', { time: words.stamp(rewind.at, now) });

  return (
    <section className={`card rewind ${rewind.at === null ? '' : 'rewind-past'}`} aria-label={t('timeline.rewind')} data-rewound={rewind.waiting ? undefined : (rewind.at ?? undefined)}>
      <p className="rewind-said tabular" role="status">
        <strong>{shown}</strong>
        {rewind.waiting && <span className="quiet">{t('common.loading')}</span>}
        {rewind.at !== null && !rewind.waiting && rewind.error === null && <span className="quiet">{t('rewind.nothing-later')}</span>}
      </p>
      <div className="rewind-line">
        <Button look="quiet" aria-label={t('rewind.previous')} title={t('rewind.previous')} onClick={() => store.go(stepFrom(at, -1, ticks, from, to))}>
          ◂
        </Button>
        <div className="rewind-track">
          <div className="rewind-ticks" aria-hidden="true">
            {ticks.map((tick) => (
              <span key={tick} style={{ left: share(tick) }} />
            ))}
          </div>
          <input ref={slider} type="range" min={from} max={to} step={STEP_MS} value={at} aria-label={t('rewind.slider')} aria-valuetext={shown} onChange={(event) => store.go(Number(event.target.value))} onKeyDown={onKeyDown} />
        </div>
        <Button look="quiet" aria-label={t('rewind.next')} title={t('rewind.next')} onClick={() => store.go(stepFrom(at, 1, ticks, from, to))}>
          ▸
        </Button>
      </div>
      <div className="rewind-ends quiet tabular" aria-hidden="true">
        <span>{words.minute(from, now)}</span>
        <span>{over === null ? t('rewind.now') : words.minute(to, now)}</span>
      </div>
      {rewind.error !== null && (
        <p className="refusal" role="alert">
          {words.reason(rewind.error)} <Button onClick={() => store.go(at)}>{t('common.retry')}</Button>
        </p>
      )}
      <div className="rewind-actions">
        <Button look="primary" onClick={store.close}>
          {t('rewind.back')}
        </Button>
        {rewind.at !== null && <CopyLink incidentId={head.id} at={rewind.at} />}
      </div>
    </section>
  );
}

/** The address is asked for beforehand: browsers let a page copy only in the moment of a press. */
function CopyLink(props: { readonly incidentId: string; readonly at: number }) {
  const { t } = useWords();
  const [url, setUrl] = useState<string | null>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'by-hand'>('no');
  const { incidentId, at } = props;
  useEffect(() => {
    let current = true;
    void boardUrl(incidentId).then(
      (found) => current && setUrl(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [incidentId]);
  useEffect(() => setCopied('no'), [at]);
  if (url === null) return null;
  const link = urlAt(url, at);
  const copy = (): void => {
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(link))
      .then(
        () => setCopied('yes'),
        () => setCopied('by-hand'),
      );
  };
  return (
    <>
      <Button onClick={copy}>{t('rewind.copy-link')}</Button>
      <span className="quiet" role="status">
        {copied === 'yes' && t('rewind.copied')}
      </span>
      {copied === 'by-hand' && <input className="input rewind-link" readOnly aria-label={t('rewind.copy-link')} value={link} autoFocus onFocus={(event) => event.currentTarget.select()} />}
    </>
  );
}
