import { useEffect, useRef, useState } from 'react';
import type { Fallback, ServiceView } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { PlusIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { after, changed, moved, movedTo, row, without, type Row, type RulesDraft } from '../draft';
import { SelectIn } from './fields';
import { Grouping } from './Grouping';
import type { Problem } from './rule-check';
import { draftOfRule, freshRule, groupingDraft, type RuleDraft } from './rule-draft';
import { RuleFile } from './RuleFile';
import { RuleRow } from './RuleRow';
import { RuleTrial } from './RuleTrial';
import type { Choices } from './use-choices';

const FALLBACKS: readonly Fallback[] = ['candidate', 'ignore'];

export interface RulesProps {
  readonly draft: RulesDraft;
  /** Filled-in rows of the services further up. */
  readonly services: readonly ServiceView[];
  readonly choices: Choices;
  /** What the check of the form found; empty until somebody wanted to save, try or export. */
  readonly problems: readonly Problem[];
  /** What the app said when it was to be saved. */
  readonly refused: { readonly field: string; readonly text: string } | null;
  readonly edit: (part: Partial<RulesDraft>) => void;
  /** Checks the form and marks what is wrong. True: nothing is. */
  readonly check: () => boolean;
  /** How often that found something. */
  readonly marked: number;
}

interface Undone {
  readonly said: string;
  readonly draft: RulesDraft;
}

export function Rules(props: RulesProps) {
  const words = useWords();
  const { t } = words;
  const { draft, services, problems, refused, choices } = props;
  const rows = draft.rules;
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [undo, setUndo] = useState<Undone | null>(null);
  const [announced, setAnnounced] = useState('');

  /** What is wrong is unfolded first, then the first of it has the focus. */
  const section = useRef<HTMLElement>(null);
  const [sought, setSought] = useState('');
  const faulty = [...problems.map(({ path }) => path), ...(refused === null ? [] : [refused.field])].flatMap((path) => /^rules\.(\d+)/.exec(path)?.[1] ?? []);
  const occasion = `${props.marked} ${refused?.field ?? ''}`;
  useEffect(() => {
    const ids = faulty.flatMap((index) => rows[Number(index)]?.id ?? []);
    if (ids.length > 0) setOpen((old) => new Set([...old, ...ids]));
    setSought(occasion);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [occasion]);
  useEffect(() => {
    section.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [sought]);

  const edit = (part: Partial<RulesDraft>): void => {
    setUndo(null);
    props.edit(part);
  };
  const order = (next: readonly Row<RuleDraft>[], id: number): void => {
    const to = next.findIndex((one) => one.id === id);
    if (next === rows) return;
    edit({ rules: next });
    setAnnounced(t('settings.rules.moved', { n: to + 1, all: next.length }));
  };
  const fold = (id: number, unfolded: boolean): void => setOpen((old) => new Set(unfolded ? [...old, id] : [...old].filter((one) => one !== id)));
  const add = (value: RuleDraft, at: (one: Row<RuleDraft>) => readonly Row<RuleDraft>[]): void => {
    const one = row(value);
    edit({ rules: at(one) });
    fold(one.id, true);
  };
  const replaceable = (part: Partial<RulesDraft>, said: string): void => {
    props.edit(part);
    setUndo({ said, draft });
  };
  /** The form's own problem with a place, or the app's. */
  const said = (path: string): string | null => {
    const own = problems.find((one) => one.path === path || one.path.startsWith(`${path}.`));
    if (own !== undefined) return t(own.key, own.params);
    return refused !== null && (refused.field === path || refused.field.startsWith(`${path}.`)) ? refused.text : null;
  };
  const faults = (index: number): readonly string[] => {
    const text = said(`rules.${index}`);
    return text === null ? [] : [text];
  };
  const whole = problems.find(({ path }) => path === 'rules');

  return (
    <section ref={section} className="card settings-card" aria-labelledby="rules-title">
      <div className="section-title">
        <h2 id="rules-title">{t('settings.rules.title')}</h2>
        <RuleFile
          draft={draft}
          check={props.check}
          replace={({ rules, fallback, grouping }, name) => {
            replaceable({ rules: rules.map((rule) => row(draftOfRule(rule, words.timeZone))), fallback, grouping: groupingDraft(grouping) }, t('settings.rules.import.done', { name }));
            setOpen(new Set());
          }}
        />
      </div>
      <p className="quiet">{t('settings.rules.intro')}</p>
      <p className="quiet small">{t('settings.applies.rules')}</p>
      {(whole !== undefined || refused?.field === 'rules') && (
        <p className="refusal" role="alert">
          {whole !== undefined ? t(whole.key, whole.params) : refused?.text}
        </p>
      )}
      {rows.length === 0 && <p className="empty-box">{t(draft.fallback === 'ignore' ? 'settings.rules.none-ignored' : 'settings.rules.none')}</p>}
      <ol className="rules">
        {rows.map((one, index) => (
          <RuleRow
            key={one.id}
            row={one}
            index={index}
            last={index === rows.length - 1}
            open={open.has(one.id)}
            faults={faults(index)}
            choices={choices}
            services={services.map(({ name }) => name)}
            spaces={services.map(({ spaceKey }) => spaceKey)}
            problem={(path) => said(`rules.${index}.${path}`)}
            acts={{
              edit: (part) => edit({ rules: changed(rows, one.id, part) }),
              move: (step) => order(moved(rows, one.id, step), one.id),
              drop: (dragged, edge) => order(movedTo(rows, dragged, one.id, edge), dragged),
              copy: () => add({ ...one.value, id: crypto.randomUUID() }, (copy) => after(rows, one.id, copy)),
              remove: () => replaceable({ rules: without(rows, one.id) }, t('settings.rules.removed', { n: index + 1 })),
              fold: (unfolded) => fold(one.id, unfolded),
            }}
          />
        ))}
      </ol>
      <p className="hidden" role="status">
        {announced}
      </p>
      {undo !== null && (
        <p className="rules-undo" role="status">
          {undo.said} <Button className="small-button" onClick={() => edit(undo.draft)}>{t('common.undo')}</Button>
        </p>
      )}
      <Button className="add" onClick={() => add(freshRule(words.timeZone), (one) => [...rows, one])}>
        <PlusIcon />
        {t('settings.rules.add')}
      </Button>
      <div className="rules-otherwise">
        <SelectIn label={t('settings.rules.fallback')} value={draft.fallback} options={FALLBACKS.map((one) => ({ value: one, label: t(`settings.rules.action.${one}`) }))} problem={said('fallback')} edit={(fallback) => edit({ fallback })} />
      </div>
      <Grouping grouping={draft.grouping} problem={(part) => said(`grouping.${part}`)} edit={(grouping) => edit({ grouping })} />
      <RuleTrial draft={draft} services={services} choices={choices} check={props.check} />
    </section>
  );
}
