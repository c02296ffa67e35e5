/** The list of macros that `/` or Insert opens. */
import { useEffect, useRef, type ReactElement } from 'react';
import type { WebModule } from '../../../web/api-types';
import { useWords } from '../words';

export const MENU_ID = 'slash-menu';
export const optionId = (module: WebModule): string => `${MENU_ID}-${module.key}`;

/** Macros that a person may insert, best match of what was typed first. */
export function offered(modules: readonly WebModule[], query: string): readonly WebModule[] {
  const typed = query.toLowerCase();
  const starts = (module: WebModule): boolean => module.title.toLowerCase().startsWith(typed);
  return modules
    .filter((module) => module.macro !== null && !module.macro.isHidden)
    .filter(({ title, description, key }) => [title, description ?? '', key].some((text) => text.toLowerCase().includes(typed)))
    .sort((a, b) => Number(starts(b)) - Number(starts(a)));
}

interface Props {
  readonly modules: readonly WebModule[];
  readonly chosen: number;
  /** Below the typed text, relative to the editor. */
  readonly at: { readonly left: number; readonly top: number };
  readonly onChoose: (module: WebModule) => void;
}
export function SlashMenu({ modules, chosen, at, onChoose }: Props): ReactElement {
  const say = useWords();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }), [chosen]);
  return (
    <div className="slash-menu" style={at}>
      {modules.length === 0 ? <p className="quiet">{say('noMacro')}</p> : null}
      <ul ref={list} id={MENU_ID} role="listbox" aria-label={say('insert')}>
        {modules.map((module, index) => (
          // Pressing must not take the cursor out of the document.
          <li key={module.key} id={optionId(module)} role="option" aria-selected={index === chosen} onMouseDown={(event) => event.preventDefault()} onClick={() => onChoose(module)}>
            <strong>{module.title}</strong>
            {module.description === null ? null : <small>{module.description}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}
