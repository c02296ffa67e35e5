/** What follows from the record, onto the page: chosen, looked at first, and never over what people wrote. */
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { EntryView, FillDid, FillPlace, FillResult, FillSection, FillView } from '../../../../../src/contract';
import { call, press } from '../../api';
import { saidBy } from '../../board/timeline/said';
import { Button, Notice } from '../../parts/basics';
import { knownName } from '../../parts/people';
import { PreviewLines } from '../../parts/PreviewLines';
import { useWords } from '../../words';
import { Draft } from './Draft';

const AT_MOST = 200;
const placeKey = (place: FillPlace): string => JSON.stringify([place.heading, place.nth]);

export function Fill(props: { readonly incidentId: string; readonly back: () => void }) {
  const words = useWords();
  const { t } = words;
  const { incidentId } = props;
  const [view, setView] = useState<FillView | null>(null);
  const [entries, setEntries] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [wanted, setWanted] = useState<ReadonlySet<FillSection> | null>(null);
  const [place, setPlace] = useState('');
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<FillResult | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const op = useRef({ id: crypto.randomUUID(), for: '' });
  const where = useId();
  const root = useRef<HTMLDivElement>(null);
  const isThere = view !== null;
  useEffect(() => {
    if (isThere) root.current?.focus();
  }, [isThere]);

  const load = useCallback(
    (chosen: readonly string[] | null) => {
      setFailure(null);
      call('review.preview', { incidentId, entries: chosen }).then((found) => {
        setView(found);
        setWanted((old) => old ?? new Set(found.sections.filter(({ state }) => state === 'absent' || state === 'outdated').map(({ id }) => id)));
      }, setFailure);
    },
    [incidentId],
  );
  useEffect(() => load(entries), [load, entries]);

  if (view === null || wanted === null) {
    if (failure === null) return <p role="status">{t('common.loading')}</p>;
    return (
      <Notice
        tone="warning"
        title={t('review.fill.failed')}
        actions={
          <>
            <Button onClick={() => load(entries)}>{t('common.retry')}</Button>
            <Button look="quiet" onClick={props.back}>
              {t('review.fill.back')}
            </Button>
          </>
        }
      >
        <p>{words.reason(failure)}</p>
      </Notice>
    );
  }
  const sections = view.sections.filter(({ id }) => wanted.has(id)).map(({ id }) => id);
  const write = (): void => {
    if (busy || sections.length === 0) return;
    const at = view.places.find((one) => placeKey(one) === place);
    const payload = { sections, place: at === undefined ? null : { heading: at.heading, nth: at.nth }, entries };
    const content = JSON.stringify(payload);
    if (op.current.for !== content) op.current = { id: crypto.randomUUID(), for: content };
    setBusy(true);
    setRefusal(null);
    setResult(null);
    press('review.fill', { incidentId, opId: op.current.id, ...payload })
      .then(
        (done) => {
          setResult(done);
          op.current = { id: crypto.randomUUID(), for: '' };
          load(entries);
        },
        (error: unknown) => setRefusal(words.reason(error)),
      )
      .finally(() => setBusy(false));
  };
  const choose = (id: FillSection, on: boolean): void => {
    const next = new Set(wanted);
    if (on) next.add(id);
    else next.delete(id);
    setWanted(next);
    setResult(null);
  };

  return (
    <div ref={root} tabIndex={-1} className="dialog-form review">
      <p className="quiet">{t('review.fill.text')}</p>
      {view.isDrafted && <Drafted text={view.text} />}
      <fieldset className="one-of">
        <legend>{t('review.fill.sections')}</legend>
        <ul className="review-fill">
          {view.sections.map(({ id, title, state, lines }) => (
            <li key={id}>
              <label className="check">
                <input type="checkbox" checked={wanted.has(id)} onChange={(event) => choose(id, event.target.checked)} />
                <span>
                  {title} <span className={state === 'outdated' ? 'small' : 'quiet small'}>{t(`review.fill.state.${state}`)}</span>
                </span>
              </label>
              <details>
                <summary aria-label={t('review.fill.preview.of', { section: title })}>{t('review.fill.preview')}</summary>
                <PreviewLines lines={lines} lang={words.lang} label={title} busy={false} />
              </details>
              {view.draftable.includes(id) && <Draft incidentId={incidentId} section={id} title={title} entries={entries} />}
              {id === 'timeline' && <Entries entries={view.entries} chosen={view.chosen} choose={setEntries} />}
            </li>
          ))}
        </ul>
      </fieldset>
      <div className="field">
        <label htmlFor={where}>{t('review.fill.place')}</label>
        <select id={where} className="select" value={place} onChange={(event) => setPlace(event.target.value)}>
          <option value="">{t('review.fill.place.end')}</option>
          {view.places.map((one) => (
            <option key={placeKey(one)} value={placeKey(one)}>
              {t('review.fill.place.below', { heading: `${'\u00a0\u00a0'.repeat(Math.max(0, one.level - 1))}${one.heading}` })}
            </option>
          ))}
        </select>
        <p className="quiet small">{t('review.fill.place.hint')}</p>
      </div>
      {failure !== null && (
        <p className="refusal" role="alert">
          {words.reason(failure)}
        </p>
      )}
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      <p role="status">{result !== null && told(result, words)}</p>
      <div className="dialog-actions">
        <Button onClick={props.back}>{t('review.fill.back')}</Button>
        <Button look="primary" busy={busy} disabled={sections.length === 0 || view.isDrafted} onClick={write}>
          {t(busy ? 'review.fill.writing' : 'review.fill.write')}
        </Button>
      </div>
    </div>
  );
}

const DID: readonly FillDid[] = ['inserted', 'updated', 'unchanged', 'kept'];
function told({ outcome, did }: FillResult, { t }: ReturnType<typeof useWords>): string {
  if (outcome === 'drafted' || outcome === 'place-gone') return t(`review.fill.${outcome}`);
  const counts = DID.map((one) => [one, did.filter((row) => row.did === one).length] as const).filter(([, n]) => n > 0);
  return counts.map(([one, n]) => t(`review.fill.did.${one}`, { n })).join(' ');
}

/** Somebody is writing on the page: what would be written is offered to be taken along by hand. */
function Drafted(props: { readonly text: string }) {
  const { t } = useWords();
  return (
    <div className="dialog-warning" role="status">
      <p>{t('review.fill.drafted')}</p>
      <textarea className="input copy-box" readOnly rows={6} value={props.text} aria-label={t('review.fill.copy')} onFocus={(event) => event.currentTarget.select()} />
    </div>
  );
}

function Entries(props: { readonly entries: readonly EntryView[]; readonly chosen: readonly string[]; readonly choose: (ids: readonly string[]) => void }) {
  const words = useWords();
  const { t } = words;
  const chosen = new Set(props.chosen);
  const toggle = (id: string, on: boolean): void => props.choose(on ? [...props.chosen, id].slice(0, AT_MOST) : props.chosen.filter((one) => one !== id));
  return (
    <details>
      <summary>{t('review.fill.entries', { n: props.chosen.length, of: props.entries.length })}</summary>
      <ul className="review-entries">
        {props.entries.map((entry) => (
          <li key={entry.id}>
            <label className="check">
              <input type="checkbox" checked={chosen.has(entry.id)} disabled={!chosen.has(entry.id) && chosen.size >= AT_MOST} onChange={(event) => toggle(entry.id, event.target.checked)} />
              <span>
                <span className="tabular quiet">{words.stamp(entry.at, entry.at)}</span> {saidBy(entry, words, (id) => knownName(id) ?? t('common.nobody'))}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
