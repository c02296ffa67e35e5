import { useRef, useState } from 'react';
import type { IncidentHeadView, LineView } from '../../../../../src/contract';
import { PencilIcon } from '../../parts/icons';
import { useName } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { useActions } from '../use-actions';
import { keptDraft } from './drafts';

export type LineName = 'situation' | 'impact';

/** The two lines everybody reads first and anybody may edit. */
export function Lines(props: { readonly head: IncidentHeadView }) {
  return (
    <dl className="lines">
      <Line line="situation" value={props.head.situation} />
      <Line line="impact" value={props.head.impact} />
    </dl>
  );
}

function Line(props: { readonly line: LineName; readonly value: LineView | null }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, can } = useEnv();
  const actions = useActions();
  const { line, value } = props;
  const by = useName(value?.by.accountId ?? null);
  const [editing, setEditing] = useState(() => keptDraft(incidentId, line) !== null);
  const button = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState(false);
  const label = t(`board.${line}`);
  const close = (): void => {
    setEditing(false);
    setAsked(false);
    requestAnimationFrame(() => button.current?.focus());
  };

  return (
    <div className="line">
      <dt>{label}</dt>
      {editing && can.edit && actions !== null ? (
        <dd>
          <actions.LineEditor line={line} value={value} autoFocus={asked} close={close} />
        </dd>
      ) : (
        <dd>
          {value === null ? (
            <span className="quiet">{t(`board.${line}.empty`)}</span>
          ) : (
            <span title={t('board.said-by', { name: by ?? t('common.nobody'), time: words.stamp(value.at, value.at), utc: words.utc(value.at) })}>{value.text}</span>
          )}
          {can.edit && (
            <button
              ref={button}
              type="button"
              className="icon-only"
              aria-label={t('board.edit', { what: label })}
              title={t('board.edit', { what: label })}
              aria-expanded="false"
              onClick={() => {
                setAsked(true);
                setEditing(true);
              }}
            >
              <PencilIcon />
            </button>
          )}
        </dd>
      )}
    </div>
  );
}
