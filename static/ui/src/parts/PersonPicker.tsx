/** Finds a person by name while it is typed. Arrows move, Enter takes the marked one; the input method's Enter never does. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { FoundPerson } from '../api';
import { useWords } from '../words';
import { useInputMethod } from './compose';

const PAUSE_MS = 250;

interface Named {
  readonly name: string;
}
type Find<T> = (typed: string) => Promise<readonly T[]>;
type Search<T> = { readonly typed: string; readonly found: readonly T[]; readonly failed: boolean };
const NOTHING: Search<never> = { typed: '', found: [], failed: false };

/** The last answer that was asked for, after a pause in the typing. */
function useSearch<T>(typed: string, find: Find<T>): Search<T> & { readonly waiting: boolean } {
  const [search, setSearch] = useState<Search<T>>(NOTHING);
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === '') return setSearch(NOTHING);
    let current = true;
    const timer = setTimeout(() => {
      void find(wanted).then(
        (found) => current && setSearch({ typed: wanted, found, failed: false }),
        () => current && setSearch({ typed: wanted, found: [], failed: true }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, find]);
  return { ...search, waiting: search.typed !== wanted };
}

/** `find`: where those named so are looked for; stable. */
export function PersonPicker<T extends Named = FoundPerson>(props: { readonly label: string; readonly onPick: (found: T) => void; readonly find: Find<T>; readonly placeholder?: string }) {
  const { t } = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState(0);
  const { found, failed, waiting } = useSearch(typed, props.find);
  const inputMethod = useInputMethod();
  const list = useRef<HTMLUListElement>(null);
  const at = Math.min(marked, found.length - 1);
  const asked = typed.trim() !== '';
  const open = asked && found.length > 0;
  const said = !asked || waiting ? '' : failed ? t('role.search.failed') : found.length === 0 ? t('role.search.none') : '';

  const pick = (one: T): void => {
    setTyped('');
    props.onPick(one);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (inputMethod.owns(event)) {
      if (event.key === 'Enter') event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return; // sends what is around it
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined && found.length > 0) setMarked((to + found.length) % found.length);
    else if (event.key === 'Enter' && !waiting && found[at] !== undefined) pick(found[at]);
    else if (event.key !== 'Enter') return;
    event.preventDefault();
  };

  return (
    <div className="person-picker">
      <label htmlFor={`${id}-input`} className="small quiet">
        {props.label}
      </label>
      <input
        id={`${id}-input`}
        className="input"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open ? `${id}-${at}` : undefined}
        autoComplete="off"
        value={typed}
        placeholder={props.placeholder ?? t('role.search.placeholder')}
        onChange={(event) => {
          setTyped(event.target.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        {...inputMethod.handlers}
      />
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={props.label} className="options" hidden={!open}>
        {found.map((person, index) => (
          // The keyboard acts through the field; a press on the row is the pointer's way.
          <li key={`${person.name} ${index}`} id={`${id}-${index}`} role="option" aria-selected={index === at} className="option" onPointerMove={() => setMarked(index)} onClick={() => pick(person)}>
            {person.name}
          </li>
        ))}
      </ul>
      <p className="small quiet picker-said" role="status">
        {said}
      </p>
    </div>
  );
}
