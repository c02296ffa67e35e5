import { useId, type KeyboardEvent } from 'react';
import { Button } from '../../parts/basics';
import { CopyIcon, PencilIcon, RemoveIcon } from '../../parts/icons';
import { useWords } from '../../words';
import type { Row } from '../draft';
import { RuleForm, type FormProps } from './RuleForm';
import { ruleOf, type RuleDraft } from './rule-draft';
import { thenText, whenText } from './rule-words';
import { useReorder, type Edge } from './use-reorder';

export interface RowActs {
  readonly edit: (part: Partial<RuleDraft>) => void;
  readonly move: (step: -1 | 1) => void;
  readonly drop: (dragged: number, edge: Edge) => void;
  readonly copy: () => void;
  readonly remove: () => void;
  readonly fold: (open: boolean) => void;
}

export function RuleRow(props: { readonly row: Row<RuleDraft>; readonly index: number; readonly last: boolean; readonly open: boolean; readonly faults: readonly string[]; readonly acts: RowActs } & Omit<FormProps, 'rule' | 'edit'>) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const { row, index, open, acts, faults, choices, services, spaces, problem } = props;
  const reorder = useReorder(row.id, acts.drop);
  const n = index + 1;
  const rule = ruleOf(row.value);
  const onHandleKey = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key] as -1 | 1 | undefined;
    if (step === undefined) return;
    event.preventDefault();
    acts.move(step);
  };
  return (
    <li ref={reorder.row} className={`rule ${reorder.dragged ? 'rule-dragged' : ''} ${reorder.edge === null ? '' : `rule-${reorder.edge}`}`}>
      <div role="group" aria-label={t('settings.rules.row', { n })}>
        <div ref={reorder.head} className="rule-head">
          <button ref={reorder.handle} type="button" className="rule-handle" aria-label={t('settings.rules.reorder', { n })} aria-keyshortcuts="ArrowUp ArrowDown" title={t('settings.rules.reorder.hint')} onKeyDown={onHandleKey}>
            <svg viewBox="0 0 8 14" width="8" height="14" fill="currentColor" aria-hidden="true">
              <path d="M0 1h2v2H0zM6 1h2v2H6zM0 6h2v2H0zM6 6h2v2H6zM0 11h2v2H0zM6 11h2v2H6z" />
            </svg>
          </button>
          <span className="rule-number tabular">{n}</span>
          <p className="rule-said" id={`${id}-said`}>
            {rule.name !== '' && <strong className="rule-name">{rule.name}</strong>}
            <span>{whenText(rule.when, words, choices.monitors)}</span>
            <span className="rule-then">
              <span aria-hidden="true">→ </span>
              {thenText(rule.then, words)}
            </span>
          </p>
          <span className="rule-buttons">
            <Button look="quiet" className="row-button" aria-expanded={open} aria-controls={open ? `${id}-form` : undefined} aria-label={t(open ? 'settings.rules.fold' : 'settings.rules.edit', { n })} onClick={() => acts.fold(!open)}>
              <PencilIcon />
            </Button>
            <Button look="quiet" className="row-button" aria-label={t('settings.rules.up', { n })} aria-disabled={index === 0} onClick={() => acts.move(-1)}>
              ↑
            </Button>
            <Button look="quiet" className="row-button" aria-label={t('settings.rules.down', { n })} aria-disabled={props.last} onClick={() => acts.move(1)}>
              ↓
            </Button>
            <Button look="quiet" className="row-button" aria-label={t('settings.rules.copy', { n })} onClick={acts.copy}>
              <CopyIcon />
            </Button>
            <Button look="quiet" className="row-button" aria-label={t('settings.rules.remove', { n })} onClick={acts.remove}>
              <RemoveIcon />
            </Button>
          </span>
        </div>
        {!open &&
          faults.map((text) => (
            <p key={text} className="refusal small rule-fault" role="alert">
              {text}
            </p>
          ))}
        {open && (
          <div id={`${id}-form`}>
            <RuleForm rule={row.value} choices={choices} services={services} spaces={spaces} problem={problem} edit={acts.edit} />
          </div>
        )}
      </div>
    </li>
  );
}
