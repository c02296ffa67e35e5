import { Fragment } from 'react';
import type { Lang, PreviewLine } from '../../../../src/contract';
import { Person } from './people';

/** A page as its lines, in a box of its own. `busy`: another one is on its way. */
export function PreviewLines(props: { readonly lines: readonly PreviewLine[]; readonly lang: Lang; readonly label: string; readonly busy: boolean }) {
  return (
    <div className="preview" lang={props.lang} aria-busy={props.busy} role="region" aria-label={props.label} tabIndex={0}>
      {props.lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

export function Line({ line: { is, text, people = [] } }: { readonly line: PreviewLine }) {
  return (
    <p className={`preview-${is}`}>
      {is === 'task' ? `☐ ${text}` : text}
      {people.map((accountId) => (
        <Fragment key={accountId}>
          {' '}
          <Person person={{ accountId }} />
        </Fragment>
      ))}
    </p>
  );
}
