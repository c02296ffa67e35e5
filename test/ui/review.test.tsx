/** The review as a person sees it: on the board, in its dialog, on its way to the page, and in the list of all. */
import { answers, dialogs, invoked, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { FillView, OverviewReview, ReviewView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import Review from '../../static/ui/src/dialogs/Review';
import { branches, changedParts, left, withoutWhy } from '../../static/ui/src/dialogs/review/draft';
import Reviews from '../../static/ui/src/home/Reviews';
import { EVERY, listedReviews, unread } from '../../static/ui/src/home/review-list';
import { board, delta, entry, head, show, T0 } from './samples';

const PLAN = { owner: { accountId: 'acc-alice' }, reviewers: [], due: null, meeting: null };
const review = (part: Partial<ReviewView> = {}): ReviewView => ({
  incidentId: 'i1', state: 'draft', plan: PLAN, dueDate: '2026-12-01', overdueDays: 0,
  checks: [
    { id: 'facts', how: null, by: null, at: null, tickable: true }, { id: 'timeline', how: 'person', by: { accountId: 'acc-bob' }, at: T0, tickable: true }, { id: 'factors', how: null, by: null, at: null, tickable: false },
    { id: 'tickets', how: 'record', by: null, at: null, tickable: false }, { id: 'held', how: null, by: null, at: null, tickable: true }, { id: 'done', how: null, by: null, at: null, tickable: false },
  ],
  factors: [], whys: [], lessons: { well: '', hard: '', lucky: '' }, club: null, base: { plan: 1, factors: 0, whys: 0, lessons: 3 }, canEdit: true, now: T0, ...part,
});
let stored: ReviewView;
const done = jest.fn();
const open = (): void => void show(<Review given={{ incidentId: 'i1', pageId: '11' }} done={done} />);
beforeEach(() => {
  resetBridge();
  localStorage.clear();
  done.mockReset();
  stored = review();
  answers['review.load'] = () => said(stored);
});
afterEach(cleanup);

test('on a resolved board it says how far it is and leads into it; a running one and a drill have none', async () => {
  answers['board.changes'] = () => said(delta());
  answers['ticket.form'] = () => said({ project: null, dueDate: '2026-12-21', isPrivate: false, isAdmin: false });
  const at = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
  for (const part of [{ status: 'mitigated' as const }, { status: 'resolved' as const, kind: 'drill' as const }]) {
    answers['board.load'] = () => said(board({ incident: head(part), alerts: [] }));
    answers['board.changes'] = () => said(delta({ incident: head(part) }));
    show(<Board {...at} />);
    await screen.findByRole('button', { name: /^Ticket/ });
    expect(screen.queryByRole('group', { name: 'Review' })).toBeNull();
    cleanup();
  }
  const incident = head({ status: 'resolved', resolvedAt: T0, openAlerts: 0 });
  answers['board.load'] = () => said(board({ incident, alerts: [] }));
  answers['board.changes'] = () => said(delta({ incident }));
  show(<Board {...at} />);
  const row = await screen.findByRole('group', { name: 'Review' });
  await within(row).findByText('2 of 6 done');
  expect(row.textContent).toContain('Draft');
  fireEvent.click(within(row).getByRole('button', { name: 'Open review' }));
  await waitFor(() => expect(dialogs.opened.at(-1)).toMatchObject({ name: 'review', title: 'Review', given: { incidentId: 'i1', pageId: '11' } }));
});

test('parts that were touched are sent with the versions they began from, and a tick by itself at once', async () => {
  answers['review.save'] = (p) => said((stored = review({ ...('lessons' in (p as { change: object }).change ? { lessons: (p as { change: Pick<ReviewView, 'lessons'> }).change.lessons } : {}), base: { ...stored.base, lessons: 4 } })));
  open();
  const save = await screen.findByRole('button', { name: /^Save/ });
  expect((save as HTMLButtonElement).disabled).toBe(true);
  fireEvent.change(screen.getByLabelText('What went well'), { target: { value: 'Rolled back' } });
  fireEvent.click(save);
  await screen.findByText('Saved.');
  expect(sent('review.save')).toEqual([expect.objectContaining({ base: { plan: 1, factors: 0, whys: 0, lessons: 3 }, change: { lessons: { well: 'Rolled back', hard: '', lucky: '' } } })]);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Review was held' }));
  await waitFor(() => expect(sent('review.save').at(-1)).toMatchObject({ change: { ticks: { held: true } } }));
  // What the record shows has no box.
  expect(screen.queryByRole('checkbox', { name: /Tickets have an owner/ })).toBeNull();
});

test('what somebody else saved meanwhile does not take what was written here, nor the other way round', async () => {
  let first = true;
  answers['review.save'] = () => {
    if (!first) return said((stored = review({ lessons: { well: 'mine', hard: '', lucky: '' }, base: { ...stored.base, lessons: 9 } })));
    first = false;
    stored = review({ lessons: { well: 'theirs', hard: '', lucky: '' }, base: { ...stored.base, lessons: 8 } });
    return refused('conflict', 'lessons', { messageKey: 'error.changed-by-other' });
  };
  open();
  fireEvent.change(await screen.findByLabelText('What went well'), { target: { value: 'mine' } });
  fireEvent.click(screen.getByRole('button', { name: /^Save/ }));
  await screen.findByText(/Somebody else saved “What was learned” meanwhile/);
  expect((screen.getByLabelText('What went well') as HTMLTextAreaElement).value).toBe('mine');
  await waitFor(() => expect((screen.getByRole('button', { name: /^Save/ }) as HTMLButtonElement).getAttribute('aria-disabled')).toBeNull());
  fireEvent.click(screen.getByRole('button', { name: /^Save/ }));
  await screen.findByText('Saved.');
  expect(sent('review.save').at(-1)).toMatchObject({ base: { lessons: 8 }, change: { lessons: { well: 'mine' } } });
});

test('a closed dialog keeps what was not saved', async () => {
  open();
  fireEvent.change(await screen.findByLabelText('What was hard'), { target: { value: 'Who owns the pool?' } });
  cleanup();
  open();
  expect((await screen.findByLabelText('What was hard') as HTMLTextAreaElement).value).toBe('Who owns the pool?');
  expect(screen.getByText('Not saved yet; kept in this browser.')).toBeTruthy();
});

test('a reader reads: no field, no button that changes anything', async () => {
  stored = review({ canEdit: false, factors: [{ id: 'f', kind: 'process', text: '<b>No load test</b>', tags: ['deploy'] }] });
  open();
  await screen.findByText('<b>No load test</b>');
  expect(screen.queryAllByRole('textbox')).toEqual([]);
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Close']);
});

const fillView = (part: Partial<FillView> = {}): FillView => ({
  sections: [
    { id: 'summary', state: 'absent', title: 'Summary', lines: [{ is: 'row', text: 'Severity · SEV1' }] },
    { id: 'times', state: 'edited', title: 'Phases and durations', lines: [] },
    { id: 'timeline', state: 'outdated', title: 'Timeline', lines: [] },
  ],
  places: [{ heading: 'Review', nth: 0, level: 1 }], entries: [entry({ id: 'e1' }), entry({ id: 'e2', text: 'pool raised', source: 'person', messageKey: null })], chosen: ['e2'], isDrafted: false, text: '## Summary', draftable: [], ...part,
});
test('facts go where a person wants them, with the entries chosen; what people changed is not among the offered', async () => {
  answers['review.preview'] = () => said(fillView());
  answers['review.fill'] = () => said({ outcome: 'written', did: [{ id: 'summary', did: 'inserted' }, { id: 'timeline', did: 'updated' }] });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Fill the review' }));
  expect(((await screen.findByRole('checkbox', { name: /^Phases and durations/ })) as HTMLInputElement).checked).toBe(false);
  fireEvent.change(screen.getByLabelText('Where new parts go'), { target: { value: JSON.stringify(['Review', 0]) } });
  fireEvent.click(screen.getAllByRole('checkbox', { hidden: true }).find((box) => box.closest('.review-entries') !== null && !(box as HTMLInputElement).checked) as HTMLElement);
  await waitFor(() => expect(invoked.filter(({ verb }) => verb === 'review.preview').at(-1)?.payload).toMatchObject({ entries: ['e2', 'e1'] }));
  fireEvent.click(screen.getByRole('button', { name: 'Write into the page' }));
  await screen.findByText('1 part added. 1 part brought up to date.');
  expect(sent('review.fill')).toEqual([expect.objectContaining({ sections: ['summary', 'timeline'], place: { heading: 'Review', nth: 0 }, entries: ['e2', 'e1'] })]);
});

test('a model is asked for nothing where there is none; where there is one, what it wrote is text to copy, and its failure is told', async () => {
  answers['review.preview'] = () => said(fillView({ draftable: ['summary'] }));
  answers['review.draft'] = () => said({ text: '<img src=x onerror=alert(1)> The checkout was slow.' });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Fill the review' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Draft in sentences: Summary' }));
  expect(((await screen.findByLabelText('Draft: Summary')) as HTMLTextAreaElement).value).toBe('<img src=x onerror=alert(1)> The checkout was slow.');
  expect(screen.getAllByRole('button', { name: /^Draft in sentences/ })).toHaveLength(1);
  expect(sent('review.draft')).toEqual([{ incidentId: 'i1', section: 'summary', entries: null }]);
  answers['review.draft'] = () => refused('internal', null, { messageKey: 'error.draft-failed' });
  fireEvent.click(screen.getByRole('button', { name: 'Draft in sentences: Summary' }));
  expect((await screen.findByText(/^The model gave no draft/)).getAttribute('role')).toBe('alert');
  cleanup();
  answers['review.preview'] = () => said(fillView());
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Fill the review' }));
  await screen.findByLabelText('Where new parts go');
  expect(screen.queryAllByRole('button', { name: /^Draft in sentences/ })).toEqual([]);
});

test('under somebody’s unpublished changes nothing can be written, and the text is there to copy', async () => {
  answers['review.preview'] = () => said(fillView({ isDrafted: true }));
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Fill the review' }));
  expect(((await screen.findByLabelText('Text of all parts')) as HTMLTextAreaElement).value).toBe('## Summary');
  expect((screen.getByRole('button', { name: 'Write into the page' }) as HTMLButtonElement).disabled).toBe(true);
});

test('answers and drafts: branches in order, what hangs below goes along, and only what differs is sent', () => {
  const whys = [{ id: 'a', parent: null, text: 'a' }, { id: 'b', parent: 'a', text: 'b' }, { id: 'c', parent: null, text: 'c' }, { id: 'd', parent: 'b', text: 'd' }];
  expect(branches(whys).map(({ why, depth }) => `${why.id}${depth}`)).toEqual(['a0', 'b1', 'd2', 'c0']);
  expect(withoutWhy(whys, 'b').map(({ id }) => id)).toEqual(['a', 'c']);
  const lessons = { well: 'x', hard: '', lucky: '' };
  expect(changedParts({ lessons, factors: [] }, review())).toEqual(['lessons']);
  expect(left({ lessons: { ...lessons, well: 'xy' } }, { lessons })).toEqual({ lessons: { ...lessons, well: 'xy' } });
  expect(left({ lessons }, { lessons })).toEqual({});
});

test('lists: mine, late ones, what is done by service, tag and words, and one nobody has read', () => {
  const one = (id: string, part: Partial<OverviewReview> = {}): OverviewReview => ({
    incident: { id, key: id, title: 'Slow', severity: 'sev1', service: 'shop', url: null, isPrivate: false, resolvedAt: T0 }, state: 'draft', owner: null, reviewers: [], dueDate: null, overdueDays: 0, open: 3, of: 6, factors: [], lessons: { well: '', hard: '', lucky: '' }, isRead: false, ...part,
  });
  const all = [
    one('soon', { dueDate: '2026-12-03', reviewers: [{ accountId: 'me' }] }), one('late', { dueDate: '2026-11-01', overdueDays: 22 }), one('whenever'),
    one('done', { state: 'done', factors: [{ id: 'f', kind: 'process', text: 'ＬＯＡＤ test', tags: ['deploy'] }], lessons: { well: '', hard: '引き継ぎ', lucky: '' } }), one('read', { state: 'done', isRead: true }),
  ];
  const ids = (part: object, me: string | null = 'me'): readonly string[] => listedReviews(all, { ...EVERY, ...part }, me).map(({ incident }) => incident.id);
  expect([ids({}), ids({ shelf: 'mine' }), ids({ shelf: 'mine' }, null), ids({ shelf: 'overdue' })]).toEqual([['late', 'soon', 'whenever'], ['soon'], [], ['late']]);
  expect([ids({ shelf: 'done', sought: 'load' }), ids({ shelf: 'done', sought: '引き継ぎ test' }), ids({ shelf: 'done', tag: 'deploy' }), ids({ shelf: 'done', kind: 'technical' })]).toEqual([['done'], ['done'], ['done'], []]);
  expect([unread(all, 0.99)?.incident.id, unread(all.slice(0, 3), 0)]).toEqual(['done', null]);
});

test('repeated causes are asked for when somebody wants them, and lead to their incidents and reviews', async () => {
  const incident = (id: string) => ({ id, key: id, title: `Slow ${id}`, severity: 'sev1' as const, service: 'shop', url: id === 'i1' ? null : '/wiki/spaces/OPS/pages/7', isPrivate: false, resolvedAt: T0 });
  const listed = (id: string, text: string): OverviewReview => ({ incident: incident(id), state: 'done', owner: null, reviewers: [], dueDate: null, overdueDays: 0, open: 0, of: 6, factors: [{ id: 'f', kind: 'technical', text, tags: ['pool'] }], lessons: { well: '', hard: '', lucky: '' }, isRead: true });
  answers['reviews.overview'] = () => said({ reviews: [listed('i1', 'one'), listed('i2', 'two'), { ...listed('i3', 'three'), factors: [] }], more: false, now: T0 });
  const cause = { kind: 'tag', name: 'pool', count: 7, incidents: [incident('i2'), incident('i1')] };
  answers['reviews.repeated'] = ({ days }: { days: number }) => (days === 365 ? refused('forbidden') : said({ causes: days === 90 ? [cause, { ...cause, kind: 'monitor', name: '<b>p95</b>' }] : [], of: 12, more: days === 90, now: T0 }));
  const opened: string[] = [];
  show(<Reviews openBoard={(id) => void opened.push(id)} />);
  const button = await screen.findByRole('button', { name: 'Repeated causes' });
  expect(sent('reviews.repeated')).toEqual([]);
  fireEvent.click(button);
  const box = await screen.findByRole('region', { name: 'Repeated causes' });
  await within(box).findByText('In 12 incidents looked back on. There are more than are looked at; choose a shorter period.');
  expect([within(box).getByText('<b>p95</b>').tagName, within(box).getAllByText('and 5 more').length, within(box).getAllByRole('button', { name: /^Show reviews/ }).length]).toEqual(['STRONG', 2, 1]);
  fireEvent.click(within(box).getAllByRole('button', { name: 'i1 Slow i1' })[0] as HTMLElement);
  expect(opened).toEqual(['i1']);
  fireEvent.click(within(box).getByRole('button', { name: 'Show reviews: pool' }));
  await screen.findByText('2 reviews');
  expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('pool');
  fireEvent.change(within(box).getByLabelText('Period'), { target: { value: '30' } });
  await within(box).findByText('No monitor, tag or factor came in two incidents of this period.');
  fireEvent.change(within(box).getByLabelText('Period'), { target: { value: '365' } });
  await within(box).findByRole('button', { name: 'Try again' });
  expect(sent('reviews.repeated').map(({ days }) => days)).toEqual([90, 30, 365]);
});
