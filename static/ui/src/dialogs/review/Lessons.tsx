import { useId } from 'react';
import type { Lessons } from '../../../../../src/contract';
import { useWords } from '../../words';

const FIELDS = ['well', 'hard', 'lucky'] as const;

export function LessonFields(props: { readonly lessons: Lessons; readonly canEdit: boolean; readonly edit: (lessons: Lessons) => void }) {
  const { t } = useWords();
  const { lessons } = props;
  const id = useId();
  return (
    <section className="review-part" aria-labelledby="review-lessons">
      <h2 id="review-lessons" className="overline">
        {t('review.part.lessons')}
      </h2>
      {FIELDS.map((name) => (
        <div key={name} className="field">
          {props.canEdit ? (
            <>
              <label htmlFor={`${id}-${name}`}>{t(`review.lessons.${name}`)}</label>
              <textarea id={`${id}-${name}`} className="input" rows={2} maxLength={4000} value={lessons[name]} onChange={(event) => props.edit({ ...lessons, [name]: event.target.value })} />
            </>
          ) : (
            <>
              <span className="label">{t(`review.lessons.${name}`)}</span>
              <p className="review-text">{lessons[name] === '' ? t('common.nobody') : lessons[name]}</p>
            </>
          )}
        </div>
      ))}
    </section>
  );
}
