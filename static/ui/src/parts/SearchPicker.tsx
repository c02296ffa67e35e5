/** Finds something by name while it is typed. Arrows move, Enter takes the marked one; the input method's Enter never does. */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useInputMethod } from './compose';

const PAUSE_MS = 250;

export interface Found {
  readonly name: string;
}
export type Find<T extends Found> = (typed: string) => Promise<readonly T[]>;
interface Search<T> {
  readonly typed: string;
  readonly found: readonly T[];
  readonly failed: boolean;
}

/** The last answer that was asked for, after a pause in the typing. */
function useSearch<T extends Found>(typed: string, find: Find<T>): Search<T> & { readonly waiting: boolean } {
  const [search, setSearch] = useState<Search<T>>({ typed: '', found: [], failed: false });
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === '') return setSearch({ typed: '', found: [], failed: false });
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

export function SearchPicker<T extends Found>(props: {
  readonly label: string;
  readonly placeholder: string;
  /** What is said when nothing, or no answer, came. */
  readonly none: string;
  readonly unread: string;
  readonly onPick: (found: T) => void;
  /** Where it is looked for; stable. */
  readonly find: Find<T>;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState(0);
  const { found, failed, waiting } = useSearch(typed, props.find);
  const inputMethod = useInputMethod();
  const list = useRef<HTMLUListElement>(null);
  const at = Math.min(marked, found.length - 1);
  const asked = typed.trim() !== '';
  const open = asked && found.length > 0;
  const said = !asked || waiting ? '' : failed ? props.unread : found.length === 0 ? props.none : '';

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
        placeholder={props.placeholder}
        onChange={(event) => {
          setTyped(event.target.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
        {...inputMethod.handlers}
      />
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={props.label} className="options" hidden={!open}>
        {found.map((one, index) => (
          // The keyboard acts through the field; a press on the row is the pointer's way.
          <li key={`${one.name} ${index}`} id={`${id}-${index}`} role="option" aria-selected={index === at} className="option" onPointerMove={() => setMarked(index)} onClick={() => pick(one)}>
            {one.name}
          </li>
        ))}
      </ul>
      <p className="small quiet picker-said" role="status">
        {said}
      </p>
    </div>
  );
}
