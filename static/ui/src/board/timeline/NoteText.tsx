import { lazy, Suspense } from 'react';
import { afterPaint } from '../../parts/after-paint';
import { Boundary } from '../../parts/Boundary';

/** Notes can be read without it, so it gives way to what somebody may want to press first. */
const MARKDOWN_AFTER_MS = 400;
const Markdown = lazy(() => afterPaint(MARKDOWN_AFTER_MS).then(() => import('./Markdown')));
/** Signs that can mean something in Markdown; a note without any needs no reading. */
const MARKUP = /[*_`[\]\\<]|https?:|www\.|^\s*(?:[-+]|\d+[.)])\s/m;

/** A person's words. Until Markdown is there, and if it never comes, they stand as they were typed. */
export function NoteText(props: { readonly text: string }) {
  const plain = <p className="note-plain">{props.text}</p>;
  return (
    <div className="note-text">
      {MARKUP.test(props.text) ? (
        <Boundary fallback={plain}>
          <Suspense fallback={plain}>
            <Markdown text={props.text} />
          </Suspense>
        </Boundary>
      ) : (
        plain
      )}
    </div>
  );
}
