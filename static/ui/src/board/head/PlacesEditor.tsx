import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { PlacesView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { Person } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { codeOf, fieldOf, usePress } from '../use-press';
import { keepDraft, keptDraft } from './drafts';
import { PLACES } from './Places';
import { placeName } from './place-name';

type Place = (typeof PLACES)[number];

/** Both addresses in their place; guarded like a line against somebody who was faster. */
export function PlacesEditor(props: { readonly places: PlacesView | null; readonly close: () => void }) {
  const words = useWords();
  const { t } = words;
  const { incidentId } = useEnv();
  const { places } = props;
  const version = places?.v ?? 0;
  const [base, setBase] = useState(() => keptDraft(incidentId, 'call')?.base ?? keptDraft(incidentId, 'chat')?.base ?? version);
  const [typed, setTyped] = useState(() => {
    const of = (place: Place): string => keptDraft(incidentId, place)?.text ?? places?.[place] ?? '';
    return { call: of('call'), chat: of('chat') };
  });
  const [wrong, setWrong] = useState<Place | null>(null);
  const { pending, refusal, run } = usePress<object>();
  const first = useRef<HTMLInputElement>(null);
  const inputMethod = useInputMethod();
  useEffect(() => first.current?.focus(), []);

  const write = (place: Place, text: string): void => {
    setTyped({ ...typed, [place]: text });
    setWrong(null);
    keepDraft(incidentId, place, { text, base });
  };
  const give = (): void => {
    for (const place of PLACES) keepDraft(incidentId, place, null);
    props.close();
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const of = (place: Place): string | null => (typed[place].trim() === '' ? null : typed[place].trim());
    const bad = PLACES.find((place) => of(place) !== null && !/^https:\/\/[^/\s]+/.test(of(place) ?? ''));
    if (bad !== undefined) return setWrong(bad);
    const wish = { call: of('call'), chat: of('chat'), base: version };
    setBase(version);
    if ((await run(wish, (opId) => press('incident.places', { incidentId, opId, ...wish }))) === 'accepted') give();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const composing = inputMethod.owns(event);
    if (event.key === 'Enter' && composing) event.preventDefault();
    if (event.key === 'Escape' && !composing) props.close();
  };
  const refusedField = fieldOf(refusal?.error);

  return (
    <form className="places-editor" aria-label={t('board.places')} onSubmit={(event) => void save(event)} onKeyDown={onKeyDown} noValidate {...inputMethod.handlers}>
      {base !== version && (
        <p className="overtaken small" role="status">
          {places !== null && <Person person={places.by} />} {t('board.overtaken.places', { names: PLACES.flatMap((place) => (places?.[place] == null ? [] : [placeName(places[place])])).join(t('common.list-separator')) })}
        </p>
      )}
      {PLACES.map((place) => (
        <label key={place} className="place-field">
          <span>{t(`board.places.${place}`)}</span>
          <input ref={place === 'call' ? first : undefined} className="input" inputMode="url" value={typed[place]} placeholder="https://" aria-invalid={wrong === place || refusedField === place} onChange={(event) => write(place, event.target.value)} />
        </label>
      ))}
      <span className="editor-buttons">
        <Button type="submit" className="small-button" busy={pending !== null}>
          {t(pending !== null ? 'common.saving' : base === version ? 'common.save' : 'board.replace')}
        </Button>
        <Button look="quiet" className="small-button" onClick={give}>
          {t('common.cancel')}
        </Button>
      </span>
      <p className="refusal" role="alert">
        {wrong !== null ? t('error.link-https') : refusal !== null && !(base !== version && codeOf(refusal.error) === 'conflict') ? refusal.text : null}
      </p>
    </form>
  );
}
