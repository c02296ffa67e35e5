/** The document as its source. */
import type { ReactElement } from 'react';
import Button from '@atlaskit/button/new';
import { useWords } from '../words';

interface Props {
  readonly body: string;
  /** What is wrong with the JSON; null when nothing is. */
  readonly syntax: string | null;
  readonly onChange: (body: string) => void;
}
export function Source({ body, syntax, onChange }: Props): ReactElement {
  const say = useWords();
  return (
    <>
      <label className="field">
        <span className="field-head">
          {say('body')}
          <Button appearance="subtle" spacing="compact" isDisabled={syntax !== null} onClick={() => onChange(JSON.stringify(JSON.parse(body), null, 2))}>
            {say('format')}
          </Button>
        </span>
        <textarea className="editor-body" spellCheck={false} aria-describedby="body-hint" aria-invalid={syntax !== null} value={body} onChange={(event) => onChange(event.target.value)} />
      </label>
      <p id="body-hint" className={syntax === null ? 'quiet' : 'field-error'} role={syntax === null ? undefined : 'alert'}>
        {syntax === null ? say('bodyHint') : say('notJson', { why: syntax })}
      </p>
    </>
  );
}

export function syntaxError(body: string): string | null {
  try {
    JSON.parse(body);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
