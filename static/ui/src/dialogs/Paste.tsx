/** Many lines at once. What each was read as stands below before anything is sent; all of them are recorded or none. */
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { press, Refused } from '../api';
import { NOTES_AT_ONCE } from '../board/timeline/limits';
import { readPaste, type PastedRow } from '../board/timeline/paste';
import { SEND_KEY } from '../board/timeline/NoteFields';
import type { DialogProps } from '../dialog';
import { useAccount } from '../parts/account';
import { Button } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { field, kept, numberOf, textOf } from '../parts/kept';
import { useWords } from '../words';
import { placeOf } from './timeline-given';
import { PastePreview, rowKey } from './PastePreview';
import { ZoneChoice } from './ZoneChoice';

interface Pasted {
  readonly text: string;
  /** Operation id, and for which notes it stands. */
  readonly op: { readonly id: string; readonly notes: string } | null;
}
function parsePasted(raw: unknown): Pasted | null {
  const text = textOf(field(raw, 'text'));
  const [id, notes] = [textOf(field(field(raw, 'op'), 'id')), textOf(field(field(raw, 'op'), 'notes'))];
  return text === null ? null : { text, op: id === null || notes === null ? null : { id, notes } };
}

/** Which row the app refused: it names `notes.<n>.at` or `notes.<n>.text`. */
function refusedRow(error: unknown, sent: readonly PastedRow[]): string | null {
  const name = error instanceof Refused ? error.error.field : null;
  const row = sent[Number(/^notes\.(\d+)\./.exec(name ?? '')?.[1] ?? Number.NaN)] ?? (sent.length === 1 ? sent[0] : undefined);
  return name === null || row === undefined ? null : rowKey(row);
}

export default function Paste(props: DialogProps) {
  const words = useWords();
  const { t } = words;
  const account = useAccount();
  const input = useInputMethod();
  const place = useMemo(() => placeOf(props.given), [props.given]);
  const detectedAt = numberOf(field(props.given, 'detectedAt')) ?? Date.now();
  const store = useMemo(() => kept(`paste:${place.incidentId}:${account ?? ''}`, parsePasted), [place.incidentId, account]);
  const saved = useRef(store.read());
  const [text, setText] = useState(saved.current?.text ?? '');
  const [zone, setZone] = useState(place.zone ?? words.timeZone);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<{ readonly reason: string; readonly row: string | null } | null>(null);

  const rows = useMemo(() => readPaste(text, { zone, now: Date.now() + place.skew, detectedAt }), [text, zone, place.skew, detectedAt]);
  const chosen = rows.filter((row) => row.problem === null && !left.has(rowKey(row)));
  const tooMany = chosen.length > NOTES_AT_ONCE;

  const write = (next: string): void => {
    setText(next);
    setRefusal(null);
    saved.current = next.trim() === '' ? null : { text: next, op: saved.current?.op ?? null };
    store.write(saved.current);
  };
  const send = (): void => {
    if (sending || chosen.length === 0 || tooMany) return;
    const notes = chosen.map((row) => ({ text: row.text, at: row.at, link: null }));
    const content = JSON.stringify(notes);
    const known = saved.current?.op ?? null;
    const op = known?.notes === content ? known : { id: crypto.randomUUID(), notes: content };
    saved.current = { text, op };
    store.write(saved.current);
    setSending(true);
    setRefusal(null);
    press('note.add', { incidentId: place.incidentId, opId: op.id, notes }).then(
      () => {
        store.write(null);
        props.done({ changed: true });
      },
      (error: unknown) => {
        setRefusal({ reason: words.reason(error), row: refusedRow(error, chosen) });
        setSending(false);
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (input.owns(event) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const toggle = (row: PastedRow): void =>
    setLeft((old) => {
      const next = new Set(old);
      if (!next.delete(rowKey(row))) next.add(rowKey(row));
      return next;
    });

  return (
    <div className="dialog-form" onKeyDown={onKeyDown} {...input.handlers}>
      <label htmlFor="paste-text">{t('paste.explain')}</label>
      <textarea id="paste-text" className="input paste-box" rows={8} autoFocus spellCheck={false} placeholder={t('paste.example')} value={text} onChange={(event) => write(event.target.value)} />
      <ZoneChoice zone={zone} choose={setZone} />
      {rows.length > 0 && <PastePreview rows={rows} left={left} refused={refusal?.row ?? null} toggle={toggle} zone={zone} />}
      {tooMany && (
        <p className="refusal" role="alert">
          {t('paste.too-many', { n: chosen.length - NOTES_AT_ONCE })}
        </p>
      )}
      {refusal !== null && (
        <p className="refusal" role="alert">
          {t('note.refused', { reason: refusal.reason })}
        </p>
      )}
      <div className="dialog-actions">
        <p className="quiet" role="status">
          {rows.length === 0 ? '' : t('paste.count', { n: chosen.length, all: rows.length })}
        </p>
        <Button onClick={() => props.done(null)}>{t('common.cancel')}</Button>
        <Button look="primary" busy={sending} disabled={chosen.length === 0 || tooMany} onClick={send}>
          {sending ? t('note.sending') : t('paste.send', { n: chosen.length })} <kbd className="key-hint">{SEND_KEY}</kbd>
        </Button>
      </div>
    </div>
  );
}
