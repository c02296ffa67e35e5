import { useId, useState, type ReactNode } from 'react';
import type { ReviewPlan } from '../../../../../src/contract';
import { findPeople } from '../../api';
import { useAccount } from '../../parts/account';
import { Button, OutLink } from '../../parts/basics';
import { Person, useName } from '../../parts/people';
import { PersonPicker } from '../../parts/PersonPicker';
import { useWords } from '../../words';

/** Who looks back, until when, and where they meet. */
export function Plan(props: { readonly plan: ReviewPlan; readonly canEdit: boolean; readonly edit: (plan: ReviewPlan) => void }) {
  const { t } = useWords();
  const { plan, canEdit } = props;
  const [due, meeting] = [useId(), useId()];
  const me = useAccount();
  const put = (part: Partial<ReviewPlan>): void => props.edit({ ...plan, ...part });
  const reviewers = (ids: readonly string[]): void => put({ reviewers: ids });
  return (
    <section className="review-part" aria-labelledby="review-plan">
      <h2 id="review-plan" className="overline">
        {t('review.part.plan')}
      </h2>
      <div className="field-row">
        <People label={t('review.owner')} people={plan.owner === null ? [] : [plan.owner]} one add={(id) => put({ owner: id })} remove={() => put({ owner: null })} canEdit={canEdit}>
          {me !== null && plan.owner !== me && (
            <Button look="quiet" className="small-button" onClick={() => put({ owner: me })}>
              {t('review.owner.me')}
            </Button>
          )}
        </People>
        <People label={t('review.reviewers')} people={plan.reviewers} one={false} add={(id) => reviewers([...new Set([...plan.reviewers, id])].slice(0, 20))} remove={(id) => reviewers(plan.reviewers.filter((one) => one !== id))} canEdit={canEdit} />
      </div>
      <div className="field-row">
        <div className="field">
          <label htmlFor={due}>{t('review.due')}</label>
          <input id={due} className="input" type="date" disabled={!canEdit} value={plan.due ?? ''} aria-describedby={`${due}-hint`} onChange={(event) => put({ due: event.target.value === '' ? null : event.target.value })} />
          <p id={`${due}-hint`} className="quiet small">
            {t('review.due.hint')}
          </p>
        </div>
        <div className="field">
          <label htmlFor={meeting}>{t('review.meeting')}</label>
          {canEdit ? (
            <input id={meeting} className="input" inputMode="url" autoComplete="off" maxLength={500} placeholder="https://" value={plan.meeting ?? ''} onChange={(event) => put({ meeting: event.target.value === '' ? null : event.target.value })} />
          ) : (
            <span>{plan.meeting === null ? t('common.nobody') : <OutLink href={plan.meeting}>{plan.meeting}</OutLink>}</span>
          )}
          {canEdit && plan.meeting?.startsWith('https://') === true && <OutLink href={plan.meeting}>{t('review.meeting.open')}</OutLink>}
        </div>
      </div>
    </section>
  );
}

function People(props: { readonly label: string; readonly people: readonly string[]; readonly one: boolean; readonly canEdit: boolean; readonly add: (id: string) => void; readonly remove: (id: string) => void; readonly children?: ReactNode }) {
  const { t } = useWords();
  const [looking, setLooking] = useState(false);
  const { people, canEdit } = props;
  return (
    <div className="field" role="group" aria-label={props.label}>
      <span className="label">{props.label}</span>
      <div className="owner-line">
        {people.length === 0 && <span className="quiet">{t('common.nobody')}</span>}
        {people.map((id) => (
          <Named key={id} id={id} remove={canEdit ? () => props.remove(id) : null} />
        ))}
        {canEdit && !looking && (
          <Button look="quiet" className="small-button" onClick={() => setLooking(true)}>
            {t(props.one && people.length > 0 ? 'review.person.change' : 'review.person.add')}
          </Button>
        )}
        {canEdit && props.children}
      </div>
      {looking && canEdit && (
        <PersonPicker
          label={props.label}
          find={findPeople}
          onPick={({ accountId }) => {
            setLooking(false);
            props.add(accountId);
          }}
        />
      )}
    </div>
  );
}

function Named(props: { readonly id: string; readonly remove: (() => void) | null }) {
  const { t } = useWords();
  const name = useName(props.id);
  return (
    <span className="review-person">
      <Person person={{ accountId: props.id }} />
      {props.remove !== null && (
        <button type="button" className="icon-only" aria-label={t('review.person.remove', { name: name ?? t('common.nobody') })} onClick={props.remove}>
          <span aria-hidden="true">×</span>
        </button>
      )}
    </span>
  );
}
