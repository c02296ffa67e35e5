/** Rules to a file and back. A file replaces what is typed only after a question, and what is saved only with the page's Save. */
import { useEffect, useRef, useState, type ChangeEvent } from 'react';
import { Button } from '../../parts/basics';
import { download } from '../../parts/download';
import { useWords } from '../../words';
import { setOf, type RulesDraft } from '../draft';
import type { Problem, RuleSet } from './rule-check';
import { FILE_NAME, fileText, readRules } from './rule-file';
import { placeText } from './rule-words';

const SHOWN = 20;
type Picked = { readonly name: string } & ({ readonly at: 'refused'; readonly problems: readonly Problem[] } | { readonly at: 'asking'; readonly found: RuleSet });

export function RuleFile(props: { readonly draft: RulesDraft; readonly check: () => boolean; readonly replace: (found: RuleSet, name: string) => void }) {
  const { t } = useWords();
  const [picked, setPicked] = useState<Picked | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (picked !== null) panel.current?.focus();
  }, [picked]);
  const close = (): void => {
    setPicked(null);
    button.current?.focus();
  };
  const read = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    event.target.value = ''; // the same file, mended, is a new choice
    void readRules(file.size, () => file.text()).then((checked) => setPicked({ name: file.name, ...(checked.ok ? { at: 'asking', found: checked.value } : { at: 'refused', problems: checked.problems }) }));
  };
  return (
    <>
      <span className="card-actions">
        <Button className="small-button" onClick={() => props.check() && download(FILE_NAME, fileText(setOf(props.draft)), 'application/json')}>
          {t('settings.rules.export')}
        </Button>
        <button ref={button} type="button" className="button button-default small-button" onClick={() => input.current?.click()}>
          {t('settings.rules.import')}
        </button>
        <input ref={input} type="file" hidden accept=".json,application/json" aria-label={t('settings.rules.import')} onChange={read} />
      </span>
      {picked !== null && (
        <div ref={panel} tabIndex={-1} className="rules-file" role="group" aria-label={t('settings.rules.import')}>
          {picked.at === 'refused' ? (
            <>
              <p className="refusal">{t('settings.rules.import.refused', { name: picked.name, n: picked.problems.length })}</p>
              <ul className="rules-faults">
                {picked.problems.slice(0, SHOWN).map((problem) => (
                  <Fault key={`${problem.path} ${problem.key}`} problem={problem} />
                ))}
                {picked.problems.length > SHOWN && <li>{t('settings.rules.import.more', { n: picked.problems.length - SHOWN })}</li>}
              </ul>
              <p className="quiet small">{t('settings.rules.import.kept')}</p>
              <p className="card-actions">
                <Button onClick={close}>{t('common.done')}</Button>
              </p>
            </>
          ) : (
            <>
              <p>{t('settings.rules.import.ask', { name: picked.name, n: picked.found.rules.length, here: props.draft.rules.length })}</p>
              <p className="card-actions">
                <Button
                  onClick={() => {
                    props.replace(picked.found, picked.name);
                    close();
                  }}
                >
                  {t('settings.rules.import.yes')}
                </Button>
                <Button look="quiet" onClick={close}>
                  {t('common.cancel')}
                </Button>
              </p>
            </>
          )}
        </div>
      )}
    </>
  );
}

function Fault(props: { readonly problem: Problem }) {
  const words = useWords();
  const { path, key, params } = props.problem;
  const place = placeText(path, words);
  return (
    <li>
      {place !== null && <strong>{place}: </strong>}
      {words.t(key, params)} {path !== '' && <code>{path.replace(/\.(\d+)(?=\.|$)/g, '[$1]')}</code>}
    </li>
  );
}
