import { useEffect, useRef, type ReactNode } from 'react';
import type { GuideStep } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';
import type { Step, StepState } from './steps';

/** Steps that have to be gone through in some way, if only by choosing. */
const UNSKIPPABLE: readonly GuideStep[] = ['key', 'rules'];

export interface GuideProps {
  readonly steps: readonly Step[];
  /** null: all are folded. */
  readonly open: GuideStep | null;
  /** Rises with every step that was reached by going on: its heading gets the focus. */
  readonly moves: number;
  readonly saving: boolean;
  /** What keeps the open step from being done. */
  readonly still: string | null;
  readonly body: (step: GuideStep) => ReactNode;
  readonly unfold: (step: GuideStep | null) => void;
  readonly skip: (step: GuideStep) => void;
  readonly close: () => void;
}

export function Guide(props: GuideProps) {
  const { t } = useWords();
  const { steps, open, moves, saving } = props;
  const title = useRef<HTMLHeadingElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (moves > 0) (heading.current ?? title.current)?.focus();
  }, [moves]);
  const settled = steps.filter(({ state }) => state !== 'to-do').length;
  const last = steps.at(-1)?.step;
  return (
    <section className="card settings-card guide" aria-labelledby="guide-title">
      <div className="section-title">
        <h2 id="guide-title" ref={title} tabIndex={-1}>
          {t('settings.guide.title')}
        </h2>
        <span className="quiet" role="status">
          {settled === steps.length ? t('settings.guide.done') : t('settings.guide.progress', { done: settled, all: steps.length })}
        </span>
      </div>
      <p className="quiet">{t('settings.guide.intro')}</p>
      <ol className="guide-steps">
        {steps.map(({ step, state }) => (
          <li key={step} className={open === step ? 'guide-open' : ''}>
            <h3 ref={open === step ? heading : undefined} tabIndex={-1}>
              <button type="button" className="guide-head" aria-expanded={open === step} onClick={() => props.unfold(open === step ? null : step)}>
                <span>{t(`settings.guide.step.${step}`)}</span>
                <StateWord state={state} />
              </button>
            </h3>
            {open === step && (
              <div className="guide-body">
                {props.body(step)}
                {props.still !== null && (
                  <p className="refusal" role="alert">
                    {props.still}
                  </p>
                )}
                <p className="card-actions">
                  <Button type="submit" look="primary" busy={saving}>
                    {t(saving ? 'common.saving' : step === last ? 'settings.guide.finish' : 'settings.guide.next')}
                  </Button>
                  {state === 'to-do' && !UNSKIPPABLE.includes(step) && (
                    <Button look="quiet" busy={saving} onClick={() => props.skip(step)}>
                      {t('settings.guide.skip')}
                    </Button>
                  )}
                </p>
              </div>
            )}
          </li>
        ))}
      </ol>
      <Button className="add" onClick={props.close}>
        {t('settings.guide.all')}
      </Button>
    </section>
  );
}

function StateWord(props: { readonly state: StepState }) {
  const { t } = useWords();
  return <span className={props.state === 'done' ? 'connected small' : 'quiet small'}>{t(`settings.guide.state.${props.state}`)}</span>;
}
