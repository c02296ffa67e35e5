import { useId } from 'react';
import type { Why } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';
import { branches, withoutWhy } from './draft';

const AT_MOST = 40;
const DEEPEST = 7;

/** Why, and why that: as many answers to each as there are. Whoever ends at a person is asked once more what let it happen. */
export function Whys(props: { readonly whys: readonly Why[]; readonly canEdit: boolean; readonly edit: (whys: readonly Why[]) => void }) {
  const { t } = useWords();
  const { whys, canEdit, edit } = props;
  const add = (parent: string | null): void => edit([...whys, { id: crypto.randomUUID(), parent, text: '' }]);
  const rows = branches(whys);
  const full = whys.length >= AT_MOST;
  return (
    <section className="review-part" aria-labelledby="review-whys">
      <h2 id="review-whys" className="overline">
        {t('review.part.whys')}
      </h2>
      <p className="quiet small">{t('review.whys.hint')}</p>
      {rows.length > 0 && (
        <ol className="review-whys">
          {rows.map(({ why, depth }) => (
            <WhyRow
              key={why.id}
              why={why}
              depth={depth}
              canEdit={canEdit}
              put={(text) => edit(whys.map((one) => (one.id === why.id ? { ...one, text } : one)))}
              ask={full || depth + 1 >= DEEPEST ? null : () => add(why.id)}
              remove={() => edit(withoutWhy(whys, why.id))}
            />
          ))}
        </ol>
      )}
      {rows.length === 0 && !canEdit && <p className="quiet">{t('review.none')}</p>}
      {canEdit && !full && (
        <Button className="add" onClick={() => add(null)}>
          {t(rows.length === 0 ? 'review.whys.begin' : 'review.whys.branch')}
        </Button>
      )}
    </section>
  );
}

function WhyRow(props: { readonly why: Why; readonly depth: number; readonly canEdit: boolean; readonly put: (text: string) => void; readonly ask: (() => void) | null; readonly remove: () => void }) {
  const { t } = useWords();
  const { why, depth } = props;
  const id = useId();
  const label = t('review.why', { n: depth + 1 });
  return (
    <li style={{ marginInlineStart: `${Math.min(depth, DEEPEST) * 14}px` }} className="review-why">
      {props.canEdit ? (
        <>
          <div className="field">
            <label htmlFor={id}>{label}</label>
            <textarea id={id} className="input" rows={1} maxLength={400} autoFocus={why.text === ''} value={why.text} onChange={(event) => props.put(event.target.value)} />
          </div>
          <span className="review-why-acts">
            {props.ask !== null && (
              <Button look="quiet" className="small-button" onClick={props.ask}>
                {t('review.whys.ask')}
              </Button>
            )}
            <Button look="quiet" className="small-button" aria-label={t('review.why.remove', { n: depth + 1, text: why.text.slice(0, 40) })} onClick={props.remove}>
              {t('review.remove')}
            </Button>
          </span>
        </>
      ) : (
        <p>
          <span className="quiet small">{label}</span> <span className="review-text">{why.text}</span>
        </p>
      )}
    </li>
  );
}
