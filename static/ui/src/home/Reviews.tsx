/** Reviews of all incidents: what is owed, and what was learned. */
import '../styles/review.css';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { OverviewReview, RepeatedCause, ReviewsView } from '../../../../src/contract';
import { call, goTo, openDialog } from '../api';
import { useAccount } from '../parts/account';
import { Boundary } from '../parts/Boundary';
import { Button, Notice, SeverityMark } from '../parts/basics';
import { LockIcon } from '../parts/icons';
import { Person } from '../parts/people';
import { useSeen } from '../parts/use-seen';
import { DueDate, FACTOR_KINDS, StateWord } from '../review/parts';
import { ReviewTexts } from '../review/ReviewTexts';
import { useWords } from '../words';
import { EVERY, listedReviews, tagsOf, unread, type ReviewFilter, type Shelf } from './review-list';

const Repeated = lazy(() => import('./Repeated'));

type Opening = { readonly openBoard: (incidentId: string) => void };
const SHELVES: readonly Shelf[] = ['mine', 'overdue', 'open', 'done'];
const PAGE = 50;

export default function Reviews(props: Opening) {
  const { t } = useWords();
  return (
    <ReviewTexts failed={<Notice title={t('error.internal')} />}>
      <All {...props} />
    </ReviewTexts>
  );
}

function All(props: Opening) {
  const words = useWords();
  const { t } = words;
  const box = useRef<HTMLDivElement>(null);
  const seen = useSeen(box);
  const [view, setView] = useState<ReviewsView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = useCallback(() => {
    setError(null);
    call('reviews.overview', {}).then(setView, setError);
  }, []);
  useEffect(() => {
    if (seen) load();
  }, [seen, load]);
  return (
    <div className="all" ref={box}>
      {view === null && error === null && <div className="skeleton card bone-card" role="status" aria-label={t('common.loading')} />}
      {error !== null && (
        <Notice tone="warning" live title={t('home.error.title')} actions={<Button onClick={load}>{t('common.retry')}</Button>}>
          <p>{words.reason(error)}</p>
        </Notice>
      )}
      {view !== null && (view.reviews.length === 0 ? <p className="empty-box">{t('review.list.empty')}</p> : <Listed view={view} load={load} openBoard={props.openBoard} />)}
    </div>
  );
}

function Listed(props: Opening & { readonly view: ReviewsView; readonly load: () => void }) {
  const words = useWords();
  const { t } = words;
  const me = useAccount();
  const { reviews, more } = props.view;
  const [filter, setFilter] = useState<ReviewFilter>(EVERY);
  const [pages, setPages] = useState(1);
  const [failure, setFailure] = useState<string | null>(null);
  const [repeated, setRepeated] = useState(false);
  const change = (part: Partial<ReviewFilter>): void => {
    setFilter({ ...filter, ...part });
    setPages(1);
  };
  const open = ({ incident }: OverviewReview): void =>
    void openDialog('review', `${t('review.title')} ${incident.key}`, { incidentId: incident.id, pageId: '' }, 'xlarge').then(props.load, (error: unknown) => setFailure(words.reason(error)));
  /** On the shelf that has more of them. */
  const showCause = ({ name }: RepeatedCause): void => {
    const wanted = { ...EVERY, sought: name };
    const on = (shelf: Shelf): number => listedReviews(reviews, { ...wanted, shelf }, me).length;
    setFilter({ ...wanted, shelf: on('done') > on('open') ? 'done' : 'open' });
    setPages(1);
  };
  const found = listedReviews(reviews, filter, me);
  const next = unread(reviews, Math.random());
  const services = [...new Set(reviews.flatMap(({ incident }) => incident.service ?? []))].sort();
  const tags = tagsOf(reviews);
  const choice = (name: 'service' | 'tag' | 'kind', label: string, options: readonly (readonly [string, string])[]) => (
    <select className="select" aria-label={label} value={filter[name]} onChange={(event) => change({ [name]: event.target.value })}>
      <option value="">{label}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
  return (
    <>
      <div className="review-tools" role="group" aria-label={t('review.list.filter')}>
        <select className="select" aria-label={t('review.list.shelf')} value={filter.shelf} onChange={(event) => change({ shelf: SHELVES.find((shelf) => shelf === event.target.value) ?? 'open' })}>
          {SHELVES.map((shelf) => (
            <option key={shelf} value={shelf}>
              {t(`review.list.${shelf}`, { n: listedReviews(reviews, { ...EVERY, shelf }, me).length })}
            </option>
          ))}
        </select>
        {services.length > 0 && choice('service', t('review.list.service'), services.map((name) => [name, name]))}
        {tags.length > 0 && choice('tag', t('review.list.tag'), tags.map((tag) => [tag, tag]))}
        {choice('kind', t('review.list.kind'), FACTOR_KINDS.map((kind) => [kind, t(`review.kind.${kind}`)]))}
        <input type="search" className="input" value={filter.sought} placeholder={t('review.list.search')} aria-label={t('review.list.search')} onChange={(event) => change({ sought: event.target.value })} />
        {next !== null && <Button onClick={() => open(next)}>{t('review.list.club')}</Button>}
        <Button aria-expanded={repeated} onClick={() => setRepeated(!repeated)}>
          {t('review.repeated.open')}
        </Button>
      </div>
      {repeated && (
        <Boundary fallback={<Notice title={t('home.error.title')} />}>
          <Suspense fallback={null}>
            <Repeated openBoard={props.openBoard} show={showCause} />
          </Suspense>
        </Boundary>
      )}
      {more && <p className="quiet small">{t('review.list.more', { n: reviews.length })}</p>}
      {failure !== null && (
        <p className="refusal" role="alert">
          {failure}
        </p>
      )}
      <p className="as-of" role="status">
        {t('review.list.count', { n: found.length })}
      </p>
      {found.length === 0 ? (
        <p className="empty-box">{t('review.list.none')}</p>
      ) : (
        <ul className="review-list">
          {found.slice(0, pages * PAGE).map((review) => (
            <Card key={review.incident.id} review={review} open={() => open(review)} openBoard={props.openBoard} />
          ))}
        </ul>
      )}
      {found.length > pages * PAGE && <Button onClick={() => setPages(pages + 1)}>{t('review.list.next', { n: Math.min(PAGE, found.length - pages * PAGE) })}</Button>}
    </>
  );
}

function Card(props: Opening & { readonly review: OverviewReview; readonly open: () => void }) {
  const words = useWords();
  const { t } = words;
  const { incident, state, owner, dueDate, overdueDays, open, of, factors, lessons } = props.review;
  const learned = (['well', 'hard', 'lucky'] as const).filter((name) => lessons[name] !== '');
  return (
    <li className="card review-card">
      <div className="marks">
        <button type="button" className="link-button" onClick={() => (incident.url === null ? props.openBoard(incident.id) : goTo(incident.url))}>
          <span className="tabular">{incident.key}</span> {incident.title}
        </button>
        {incident.isPrivate && (
          <span className="with-icon quiet small">
            <LockIcon />
            {t('board.private')}
          </span>
        )}
      </div>
      <div className="marks">
        <SeverityMark severity={incident.severity} over />
        <StateWord state={state} />
        {state !== 'done' && dueDate !== null && <DueDate dueDate={dueDate} overdueDays={overdueDays} />}
        <span className="quiet small">{owner === null ? t('review.owner.none') : <Person person={owner} />}</span>
        {state !== 'done' && <span className="quiet small tabular">{t('review.progress', { n: of - open, of })}</span>}
        {incident.service !== null && <span className="quiet small">{incident.service}</span>}
        <span className="quiet small tabular">{words.day(incident.resolvedAt)}</span>
        <Button className="small-button" aria-haspopup="dialog" aria-label={t('review.open.of', { key: incident.key })} onClick={props.open}>
          {t('review.open')}
        </Button>
      </div>
      {factors.map(({ id, kind, text, tags }) => (
        <p key={id} className="small review-text">
          <span className="quiet">{t(`review.kind.${kind}`)}</span> {text}{' '}
          {tags.map((tag) => (
            <span key={tag} className="review-tag">
              {tag}
            </span>
          ))}
        </p>
      ))}
      {learned.map((name) => (
        <p key={name} className="small review-text">
          <span className="quiet">{t(`review.lessons.${name}`)}</span> {lessons[name]}
        </p>
      ))}
    </li>
  );
}
