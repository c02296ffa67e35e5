import { useId } from 'react';
import type { Factor } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { FACTOR_KINDS } from '../../review/parts';
import { useWords } from '../../words';

const AT_MOST = 30;
const TAGS = 5;
const tagsOf = (typed: string): readonly string[] => typed.split(/[,、，]/).map((tag) => tag.trimStart()).slice(0, TAGS);

/** What contributed. There is never one cause alone, and none of them is a person. */
export function Factors(props: { readonly factors: readonly Factor[]; readonly canEdit: boolean; readonly edit: (factors: readonly Factor[]) => void }) {
  const { t } = useWords();
  const { factors, canEdit, edit } = props;
  const put = (id: string, part: Partial<Factor>): void => edit(factors.map((factor) => (factor.id === id ? { ...factor, ...part } : factor)));
  return (
    <section className="review-part" aria-labelledby="review-factors">
      <h2 id="review-factors" className="overline">
        {t('review.part.factors')}
      </h2>
      <p className="quiet small">{t('review.factors.hint')}</p>
      {factors.length > 0 && (
        <ul className="review-rows">
          {factors.map((factor, n) => (
            <FactorRow key={factor.id} n={n + 1} factor={factor} canEdit={canEdit} put={(part) => put(factor.id, part)} remove={() => edit(factors.filter(({ id }) => id !== factor.id))} />
          ))}
        </ul>
      )}
      {factors.length === 0 && !canEdit && <p className="quiet">{t('review.none')}</p>}
      {canEdit && factors.length < AT_MOST && (
        <Button className="add" onClick={() => edit([...factors, { id: crypto.randomUUID(), kind: 'technical', text: '', tags: [] }])}>
          {t('review.factors.add')}
        </Button>
      )}
    </section>
  );
}

function FactorRow(props: { readonly n: number; readonly factor: Factor; readonly canEdit: boolean; readonly put: (part: Partial<Factor>) => void; readonly remove: () => void }) {
  const { t } = useWords();
  const { factor, n, put } = props;
  const id = useId();
  if (!props.canEdit) {
    return (
      <li className="review-read">
        <span className="mark mark-plain">{t(`review.kind.${factor.kind}`)}</span> <span className="review-text">{factor.text}</span> <span className="quiet small">{factor.tags.join(t('common.list-separator'))}</span>
      </li>
    );
  }
  return (
    <li>
      <div className="review-factor" role="group" aria-label={t('review.factor', { n })}>
        <div className="field">
          <label htmlFor={`${id}-kind`}>{t('review.kind')}</label>
          <select id={`${id}-kind`} className="select" value={factor.kind} onChange={(event) => put({ kind: FACTOR_KINDS.find((kind) => kind === event.target.value) ?? 'technical' })}>
            {FACTOR_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`review.kind.${kind}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field review-wide">
          <label htmlFor={`${id}-text`}>{t('review.factor.text')}</label>
          <textarea id={`${id}-text`} className="input" rows={2} maxLength={600} autoFocus={factor.text === ''} value={factor.text} onChange={(event) => put({ text: event.target.value })} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-tags`}>{t('review.tags')}</label>
          <input id={`${id}-tags`} className="input" autoComplete="off" value={factor.tags.join(', ')} placeholder={t('review.tags.example')} onChange={(event) => put({ tags: event.target.value === '' ? [] : tagsOf(event.target.value) })} />
        </div>
        <Button look="quiet" className="small-button" aria-label={t('review.factor.remove', { n })} onClick={props.remove}>
          {t('review.remove')}
        </Button>
      </div>
    </li>
  );
}
