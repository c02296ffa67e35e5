/** The whole timeline as text, to take into a report or a chat. Where the clipboard is closed to the app, the text is selected. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { EntryView } from '../../../../src/contract';
import { call } from '../api';
import { asMarkdown, asText } from '../board/timeline/copy';
import { peopleIn, type AlertFacts } from '../board/timeline/said';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { field, numberOf, textOf } from '../parts/kept';
import { namesOf } from '../parts/people';
import { useWords } from '../words';
import { placeOf, type GivenPlace } from './timeline-given';

interface Read {
  readonly entries: readonly EntryView[];
  readonly alerts: readonly AlertFacts[] | null;
  readonly names: ReadonlyMap<string, string>;
}

async function readAll({ incidentId, pass }: GivenPlace, at: number | null): Promise<Read> {
  const past = at === null ? null : await call('board.at', { incidentId, pass, at });
  const { entries } = past ?? (await call('board.entries', { incidentId, pass }));
  const people = entries.flatMap((entry) => [entry.by?.accountId ?? null, ...Object.values(peopleIn(entry))]).filter((id) => id !== null);
  return { entries, alerts: past?.alerts ?? null, names: await namesOf(people) };
}

function factsOf(raw: unknown): readonly AlertFacts[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((row: unknown) => {
    const [id, name] = [textOf(field(row, 'id')), textOf(field(field(row, 'host'), 'name'))];
    return id === null ? [] : [{ id, unit: textOf(field(row, 'unit')), host: name === null ? null : { id: '', name } }];
  });
}

export default function CopyTimeline(props: DialogProps) {
  const words = useWords();
  const { t } = words;
  const place = useMemo(() => placeOf(props.given), [props.given]);
  const at = numberOf(field(props.given, 'at'));
  const [read, setRead] = useState<Read | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [markdown, setMarkdown] = useState(false);
  const [done, setDone] = useState<'no' | 'yes' | 'by-hand'>('no');
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    let current = true;
    readAll(place, at).then(
      (all) => current && setRead(all),
      (failed: unknown) => current && setError(failed),
    );
    return () => {
      current = false;
    };
  }, [place, at]);

  const text = useMemo(() => {
    if (read === null) return '';
    const shown = place.zone === null ? words : words.inZone(place.zone);
    const title = textOf(field(props.given, 'title')) ?? '';
    const input = { title, entries: read.entries, alerts: read.alerts ?? factsOf(field(props.given, 'alerts')), words: shown, nameOf: (id: string) => read.names.get(id) ?? t('common.nobody') };
    return markdown ? asMarkdown(input) : asText(input);
  }, [read, markdown, words, place, props.given, t]);
  const copy = (): void => {
    box.current?.select();
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setDone('yes'),
        () => setDone('by-hand'),
      );
  };
  const format = (value: boolean, label: string) => (
    <label className="check">
      <input
        type="radio"
        name="format"
        checked={markdown === value}
        onChange={() => {
          setMarkdown(value);
          setDone('no');
        }}
      />
      {label}
    </label>
  );

  if (error !== null) return <p role="alert">{words.reason(error)}</p>;
  return (
    <div className="dialog-form">
      <fieldset className="choices">
        <legend className="hidden">{t('timeline.copy.format')}</legend>
        {format(false, t('timeline.copy.text'))}
        {format(true, 'Markdown')}
      </fieldset>
      <textarea ref={box} className="input copy-box" readOnly rows={14} value={read === null ? t('common.loading') : text} aria-label={t('timeline.copy.content')} onFocus={(event) => event.currentTarget.select()} />
      <div className="dialog-actions">
        <p role="status" className="quiet">
          {done === 'yes' ? t('timeline.copy.done') : done === 'by-hand' ? t('timeline.copy.by-hand') : ''}
        </p>
        <Button look="primary" disabled={read === null} onClick={copy}>
          {t('timeline.copy')}
        </Button>
      </div>
    </div>
  );
}
