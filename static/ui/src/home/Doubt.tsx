import { useId, useState } from 'react';
import type { Severity } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { advise, QUESTIONS, type Answers } from './advise';

/** Whether to declare at all, for somebody who is not sure. */
export function Doubt(props: { readonly use: (severity: Severity) => void }) {
  const { t } = useWords();
  const id = useId();
  const [answers, setAnswers] = useState<Answers>({});
  const advice = advise(answers);
  const severity = advice?.declare === true ? advice.severity : null;
  return (
    <details className="new-more">
      <summary>{t('home.form.doubt')}</summary>
      <p className="quiet">{t('home.form.doubt.intro')}</p>
      {QUESTIONS.map((question) => (
        <fieldset key={question} className="doubt">
          <legend>{t(`home.form.doubt.${question}`)}</legend>
          {[true, false].map((answer) => (
            <label key={String(answer)} className="check">
              <input type="radio" name={`${id}-${question}`} checked={answers[question] === answer} onChange={() => setAnswers({ ...answers, [question]: answer })} />
              {t(answer ? 'home.form.doubt.yes' : 'home.form.doubt.no')}
            </label>
          ))}
        </fieldset>
      ))}
      <p className="doubt-advice" role="status">
        {advice !== null && (severity === null ? t('home.form.doubt.wait') : t('home.form.doubt.declare', { severity: t(`severity.${severity}`) }))}
      </p>
      {severity !== null && <Button onClick={() => props.use(severity)}>{t('home.form.doubt.use', { severity: t(`severity.${severity}`) })}</Button>}
    </details>
  );
}
