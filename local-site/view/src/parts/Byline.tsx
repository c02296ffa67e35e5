import type { ReactElement } from 'react';
import type { Byline } from '../../../web/api-types';

/** The app's item by the author line: its text as the app wrote it, its tooltip as title. */
export function BylineItem({ byline, onClick }: { readonly byline: Byline; readonly onClick?: (anchor: DOMRect) => void }): ReactElement {
  const content = (
    <>
      <span className="byline-dot" aria-hidden="true" />
      {byline.title}
    </>
  );
  const tooltip = byline.tooltip === null ? {} : { title: byline.tooltip };
  if (!onClick) return <span className="byline-item" {...tooltip}>{content}</span>;
  return (
    <button type="button" className="byline-item byline-button" onClick={(event) => onClick(event.currentTarget.getBoundingClientRect())} {...tooltip}>
      {content}
    </button>
  );
}
