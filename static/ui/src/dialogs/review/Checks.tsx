import type { CheckView, ReviewTick } from '../../../../../src/contract';
import { Button } from '../../parts/basics';
import { CheckIcon } from '../../parts/icons';
import { useName } from '../../parts/people';
import { useWords } from '../../words';

/** What is left to do. Items the record shows as done have no box to tick. */
export function Checks(props: { readonly checks: readonly CheckView[]; readonly canEdit: boolean; readonly busy: boolean; readonly tick: (tick: ReviewTick, on: boolean) => void; /** null: it cannot be pressed here. */ readonly fill: (() => void) | null }) {
  const { t } = useWords();
  return (
    <section className="review-part" aria-labelledby="review-checks">
      <h2 id="review-checks" className="overline">
        {t('review.checks')}
      </h2>
      <ul className="review-checks">
        {props.checks.map((check) => (
          <li key={check.id} className={check.how === null ? '' : 'quiet'}>
            {check.tickable && props.canEdit ? (
              <label className="check">
                <input type="checkbox" checked={check.how !== null} aria-disabled={props.busy || undefined} onChange={(event) => props.tick(check.id as ReviewTick, event.target.checked)} />
                <span>
                  {t(`review.check.${check.id}`)} <By check={check} />
                </span>
              </label>
            ) : (
              <span className="check">
                <span className="review-box">{check.how === null ? <span className="hidden">{t('review.check.open')}</span> : <CheckIcon />}</span>
                <span>
                  {t(`review.check.${check.id}`)} {check.how !== null && <span className="hidden">{t('review.check.closed')}</span>}
                  <By check={check} />
                </span>
              </span>
            )}
            {check.id === 'facts' && props.fill !== null && (
              <Button className="small-button" onClick={props.fill}>
                {t('review.fill.open')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function By({ check }: { readonly check: CheckView }) {
  const words = useWords();
  const name = useName(check.by?.accountId ?? null);
  if (check.at === null || check.by === null || name == null) return null;
  return <span className="quiet small">{words.t('review.check.by', { name, time: words.minute(check.at, Date.now()) })}</span>;
}
