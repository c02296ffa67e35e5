/** Improvement tickets: on the board, in their dialogs, in the list of all, and in the settings. */
import type { Page } from '@playwright/test';
import type { Lang, OverviewTicket, TicketView } from '../../src/contract';
import { ago, type board, head, home, NAMES, NOW, past, settings } from './data';
import type { Answer } from './host';
import { BOARD, refused, shown, value, type State } from './state';

const BULK = '/rest/api/3/issue/bulkfetch';
const META = '/rest/api/3/issue/createmeta/1/issuetypes';
const DAY = 24 * 60;
const pick = <T>(lang: Lang, en: T, ja: T): T => (lang === 'ja' ? ja : en);
const dayOf = (days: number): string => new Date(NOW + days * DAY * 60_000).toISOString().slice(0, 10);

const ticket = (n: number, part: Partial<TicketView> = {}): TicketView => ({
  id: `k${n}`, issueId: String(n), key: `OPS-${n}`, summary: null, kind: 'prevent', entryId: null, by: { accountId: 'acc-alice' }, at: ago(2 * DAY), state: 'linked', dropped: null, heardAt: 0, shownInJira: true, url: null, linked: true, v: 3, ...part,
});
const STATUSES = {
  todo: { name: { en: 'To Do', ja: 'To Do' }, key: 'new' }, doing: { name: { en: 'In Review', ja: 'レビュー中' }, key: 'indeterminate' }, done: { name: { en: 'Done', ja: '完了' }, key: 'done' },
} as const;
const issue = (lang: Lang, n: number, summary: string, status: keyof typeof STATUSES, due: number | null, owner: 'alice' | 'bob' | 'carol' | null, more: object = {}, linked = true): object => ({
  id: String(n), key: `OPS-${n}`, properties: linked ? { mackerel_incident: {} } : {},
  fields: {
    summary, status: { name: STATUSES[status].name[lang], statusCategory: { key: STATUSES[status].key } }, duedate: due === null ? null : dayOf(due),
    assignee: owner === null ? null : { accountId: `acc-${owner}`, displayName: NAMES[lang][`acc-${owner}`] }, resolution: status === 'done' ? { name: pick(lang, 'Fixed', '修正済み') } : null, priority: { name: 'High' }, project: { key: 'OPS' }, ...more,
  },
});
const issues = (lang: Lang): readonly object[] => [
  issue(lang, 12, pick(lang, 'Alert before the connection pool is full', 'コネクションプールの枯渇前にアラートを出す'), 'done', -1, 'bob'),
  issue(lang, 13, pick(lang, 'Limit connections per service so that one cannot starve the others', 'サービスごとにコネクション数の上限を設け、ほかのサービスを巻き込まないようにする'), 'doing', 5, 'carol'),
  issue(lang, 14, pick(lang, 'Roll back with one command', '切り戻しをコマンド 1 つで行えるようにする'), 'todo', -2, 'alice'),
  issue(lang, 15, pick(lang, 'Write down who may switch the database over', 'DB 切り替えの判断者を手順書に書く'), 'todo', null, null),
];
const linked = [ticket(12, { kind: 'detect' }), ticket(13, { entryId: 'e9' }), ticket(14, { kind: 'mitigate', entryId: 'e8' }), ticket(15, { kind: 'document' })];
const project = (lang: Lang) => ({ projectId: '1', projectKey: 'OPS', projectName: pick(lang, 'Operations', '運用'), issueTypeId: '7', issueTypeName: pick(lang, 'Task', 'タスク') });
const form = (lang: Lang, part: object = {}): Answer => value({ project: project(lang), dueDate: '2026-12-21', isPrivate: false, isAdmin: false, ...part });
const on = (lang: Lang, tickets: readonly TicketView[], more: Readonly<Record<string, Answer>> = {}, part: Parameters<typeof board>[1] = {}): Record<string, Answer> => ({
  ...shown(lang, { tickets, ...part }), 'ticket.form': form(lang), [BULK]: value({ issues: issues(lang) }), ...more,
});

const doubts = (lang: Lang): readonly TicketView[] => [
  ticket(21, { issueId: null, key: null, summary: pick(lang, 'Test the fail-over every month', '切り替えの訓練を毎月行う'), state: 'searching', kind: 'process' }),
  ticket(22, { issueId: null, key: null, summary: pick(lang, 'Watch the length of the queue', 'キューの長さを監視する'), state: 'unsure', kind: 'detect' }),
  ticket(23, { state: 'deleted' }),
  ticket(25, { issueId: null, key: 'PAY-25', state: 'elsewhere', url: 'https://other.atlassian.net/browse/PAY-25' }),
  ticket(24),
  ticket(13),
  ticket(14, { shownInJira: false }),
  ticket(15, { dropped: { reason: pick(lang, 'The new gateway makes it needless', '新しいゲートウェイで不要になるため'), by: { accountId: 'acc-alice' }, at: ago(60) } }),
];
const doubtful = (lang: Lang): readonly object[] => [issue(lang, 13, pick(lang, 'Limit connections per service', 'サービスごとのコネクション数の上限'), 'doing', 5, 'carol', {}, false), issue(lang, 14, pick(lang, 'Roll back with one command', '切り戻しをコマンド 1 つで'), 'todo', 0, 'alice', {}, false), issue(lang, 15, pick(lang, 'Shorter timeouts', 'タイムアウトを短くする'), 'todo', 9, 'bob')];
const READY = '.tickets .ticket, .tickets .empty, .ticket-note';
/** The section's code comes after the first paint, and Jira's answer after that. */
const seen = (selector: string) => async (page: Page): Promise<void> => {
  await page.clock.runFor(1_000);
  await page.locator(selector).first().waitFor();
  await page.locator('.tickets').scrollIntoViewIfNeeded();
};
const section = (name: string, answers: State['answers'], selector = READY): State => ({ name: `tickets-${name}`, screen: 'board', answers, ready: BOARD, act: seen(selector) });

const fields = (lang: Lang, more: readonly object[] = []): Answer =>
  value({
    fields: [
      { fieldId: 'summary', name: 'Summary', required: true, schema: { type: 'string' } },
      { fieldId: 'assignee', name: 'Assignee', required: false, schema: { type: 'user' } },
      { fieldId: 'duedate', name: 'Due date', required: false, schema: { type: 'date' } },
      { fieldId: 'priority', name: 'Priority', required: false, hasDefaultValue: true, defaultValue: { id: '3', name: pick(lang, 'Medium', '中') }, schema: { type: 'priority' }, allowedValues: [{ id: '1', name: pick(lang, 'Highest', '最高') }, { id: '3', name: pick(lang, 'Medium', '中') }] },
      ...more,
    ],
  });
const required = (lang: Lang): readonly object[] => [
  { fieldId: 'customfield_1', name: pick(lang, 'Team', 'チーム'), required: true, schema: { type: 'option' }, allowedValues: [{ id: '31', value: 'SRE' }, { id: '32', value: pick(lang, 'Payments', '決済') }] },
  { fieldId: 'customfield_2', name: pick(lang, 'Cost centre', '原価部門'), required: true, schema: { type: 'string' } },
  { fieldId: 'customfield_3', name: pick(lang, 'Acceptance criteria', '完了条件'), required: true, schema: { type: 'string', custom: 'x:textarea' } },
  { fieldId: 'customfield_4', name: pick(lang, 'Areas', '領域'), required: true, schema: { type: 'array', items: 'option' }, allowedValues: [{ id: '41', value: 'DB' }, { id: '42', value: 'Web' }] },
  { fieldId: 'customfield_5', name: pick(lang, 'Approver', '承認者'), required: true, schema: { type: 'user' } },
];
/** What every project picker asks for. */
export const projects = (lang: Lang, more = false): Record<string, Answer> => ({
  '/rest/api/3/project/search': value({ values: [{ id: '1', key: 'OPS', name: pick(lang, 'Operations', '運用') }, { id: '2', key: 'SRE', name: pick(lang, 'Reliability', '信頼性') }], isLast: !more }),
  [META]: value({ issueTypes: [{ id: '7', name: pick(lang, 'Task', 'タスク') }, { id: '8', name: pick(lang, 'Bug', 'バグ') }] }),
  '/rest/api/3/issue/createmeta/2/issuetypes': value({ issueTypes: [{ id: '70', name: pick(lang, 'Task', 'タスク') }] }),
  [`${META}/7`]: fields(lang),
  [`${META}/8`]: fields(lang),
  '/rest/api/3/user/assignable/search': value(Object.entries(NAMES[lang]).map(([accountId, displayName]) => ({ accountId, displayName, accountType: 'atlassian' }))),
});
const given = { incidentId: 'i1', pass: 'pass' };
const dialog = (name: string, modal: string, answers: State['answers'], ready: string, act?: State['act'], more: object = {}): State => ({
  name: `dialog-${name}`, screen: 'dialog', answers: (lang) => ({ ...projects(lang), 'ticket.form': form(lang), ...answers(lang) }), extension: { modal: { name: modal, given: { ...given, ...more } } }, ready, ...(act === undefined ? {} : { act }),
});
const FORM = '#ticket-priority';
const press = (selector: string) => async (page: Page): Promise<void> => page.locator(selector).first().click();
/** Of the fields that have to be filled in, all but the one a person writes into. */
const filled = async (page: Page): Promise<void> => {
  await page.locator('#ticket-summary').fill('pool 50 → 200');
  await page.locator('#other-customfield_1').selectOption('31');
  await page.locator('#other-customfield_2').fill('4711');
  await page.locator('#other-customfield_3').fill('ok');
  await page.locator('.option-list input').first().check();
  await page.locator('.owner').last().locator('button').first().click();
};
const tasks = (lang: Lang): Answer => {
  const task = (state: string, ...content: object[]): object => ({ type: 'taskItem', attrs: { localId: 't', state }, content });
  const text = (said: string): object => ({ type: 'text', text: said });
  const content = [
    task('TODO', { type: 'mention', attrs: { id: 'acc-bob', text: `@${NAMES[lang]['acc-bob'] ?? ''}` } }, text(pick(lang, ' Alert before the pool is full ', ' プールの枯渇前にアラートを出す ')), { type: 'date', attrs: { timestamp: String(NOW + 9 * DAY * 60_000) } }),
    task('TODO', text(pick(lang, 'Limit connections per service so that one cannot starve the others', 'サービスごとにコネクション数の上限を設ける'))),
    task('DONE', text(pick(lang, 'Tell the customers', '利用者に報告する'))),
    task('TODO', text(pick(lang, 'Roll back with one command ', '切り戻しをコマンド 1 つで ')), { type: 'inlineCard', attrs: { url: 'https://site.example.com/browse/OPS-14' } }),
  ];
  return value({ body: { atlas_doc_format: { value: JSON.stringify({ type: 'doc', content: [{ type: 'taskList', content }] }) } } });
};
const PAGE = '/wiki/api/v2/pages/11?body-format';

const item = (lang: Lang, one: TicketView, part: Partial<OverviewTicket> = {}): OverviewTicket => {
  const { id, key, title, severity, service, page } = head(lang);
  return { ticket: one, incident: { id, key, title, severity, service, url: page?.url ?? null, isPrivate: false }, firedAgain: null, ...part };
};
const overview = (lang: Lang, tickets: readonly OverviewTicket[], more: Readonly<Record<string, Answer>> = {}): Record<string, Answer> => ({
  'home.load': value(home(lang)), 'tickets.overview': value({ tickets, more: false, now: NOW }), [BULK]: value({ issues: issues(lang) }), ...more,
});
const all = (lang: Lang): readonly OverviewTicket[] => [
  item(lang, ticket(12, { kind: 'detect' })),
  item(lang, ticket(13, { at: ago(40 * DAY) }), { firedAgain: { monitorName: 'checkout p95', at: ago(30), open: true } }),
  item(lang, ticket(14, { kind: 'mitigate', at: ago(95 * DAY) }), { firedAgain: { monitorName: 'db connections', at: ago(3 * DAY), open: false } }),
  item(lang, ticket(15, { kind: 'document' }), { incident: { ...item(lang, ticket(1)).incident, key: 'kqzvmwta', title: pick(lang, 'Leaked credentials', '認証情報の漏えい'), service: null, isPrivate: true } }),
  item(lang, ticket(24)),
];
const list = (name: string, answers: State['answers'], ready: string): State => ({
  name: `overview${name}`, screen: 'home', answers, ready: '[role=tab]',
  act: async (page) => {
    await page.locator('[role=tab]').nth(2).click();
    await page.clock.runFor(500);
    await page.locator(ready).first().waitFor();
  },
});

export const ticketStates: readonly State[] = [
  section('all', (lang) => on(lang, linked), '.lozenge'),
  section('doubts', (lang) => on(lang, doubts(lang), { [BULK]: value({ issues: doubtful(lang) }) }), '.lozenge'),
  section('viewer', (lang) => on(lang, doubts(lang), { [BULK]: value({ issues: doubtful(lang) }) }, { can: { edit: false, mackerel: false } }), '.lozenge'),
  section('empty', (lang) => on(lang, [])),
  section('not-configured', (lang) => on(lang, [], { 'ticket.form': form(lang, { project: null, isAdmin: true }) }), '.tickets .link-button'),
  section('jira-absent', (lang) => on(lang, linked, { [BULK]: { status: 404 } }), '.ticket-note'),
  section('jira-silent', (lang) => on(lang, linked, { [BULK]: { status: 503 } }), '.ticket-note'),
  { ...section('menu', (lang) => on(lang, linked)), act: async (page) => (await seen('.lozenge')(page), press('.ticket-more button')(page)) },
  {
    ...section('past', (lang) => on(lang, linked, { 'board.at': value({ ...past(lang), tickets: linked.slice(0, 2) }) })),
    act: async (page) => {
      await seen('.lozenge')(page);
      // By keys: the graphs above may still be taking their place, and a press of the mouse would end on another element than it began.
      await page.locator('[data-shortcut=r]').press('Enter');
      await page.locator('.rewind input[type=range]').press('ArrowLeft');
      await page.clock.runFor(1_000);
      await page.locator('.ticket-note').waitFor();
    },
  },
  { name: 'board-head-menu', screen: 'board', answers: (lang) => on(lang, linked), ready: '[data-shortcut=s]', act: async (page) => (await seen('.lozenge')(page), press('.head-more')(page)) },
  dialog('ticket', 'ticket', () => ({}), FORM),
  dialog('ticket-refused', 'ticket', (lang) => ({ 'ticket.create': { error: { code: 'jira-refused', messageKey: 'error.jira-refused', field: 'dueDate', params: { detail: pick(lang, 'The due date lies before the start date.', '期限は開始日より後の日付にしてください。') } } } }), FORM, async (page) => {
    await press('.button-primary')(page);
    await page.locator('.refusal').waitFor();
  }, { summary: 'pool 50 → 200', entryId: 'e9' }),
  dialog('ticket-private', 'ticket', (lang) => ({ 'ticket.form': form(lang, { isPrivate: true }) }), FORM),
  dialog('ticket-required', 'ticket', (lang) => ({ [`${META}/7`]: fields(lang, required(lang)) }), '#other-customfield_3', filled),
  dialog('ticket-unaskable', 'ticket', (lang) => ({ [`${META}/7`]: fields(lang, [{ fieldId: 'customfield_9', name: pick(lang, 'Approval chain', '承認の流れ'), required: true, schema: { type: 'sd-approvals' } }]) }), '[role=alert]'),
  dialog('ticket-owner', 'ticket', () => ({}), FORM, async (page) => {
    await page.locator('#ticket-summary').fill('pool 50 → 200');
    await page.locator('.owner-line button').last().click();
    await page.locator('.person-picker input').fill('a');
    await page.clock.runFor(500);
    await page.locator('[role=option]').first().waitFor();
  }),
  dialog('ticket-elsewhere', 'ticket', (lang) => projects(lang, true), FORM, async (page) => {
    await page.locator('#ticket-summary').fill('pool 50 → 200');
    await press('.ticket-where button')(page);
    await page.clock.runFor(500);
    await page.locator('.project-choice > input').waitFor();
  }),
  dialog('ticket-wait', 'ticket', () => ({ 'ticket.create': { error: { code: 'busy', messageKey: 'error.busy', retryAfterMs: 30_000 } } }), FORM, async (page) => {
    await press('.button-primary')(page);
    await page.locator('.dialog-form > [role=status]').waitFor();
  }, { summary: 'pool 50 → 200' }),
  dialog('ticket-not-configured', 'ticket', (lang) => ({ 'ticket.form': form(lang, { project: null, isAdmin: true }) }), '.project-choice'),
  dialog('ticket-no-jira', 'ticket', () => ({ 'ticket.form': refused('jira-absent') }), '.notice'),
  dialog('ticket-link', 'ticket-link', (lang) => ({ '/rest/api/3/search/jql': value({ issues: issues(lang) }), 'ticket.link': { error: { code: 'conflict', messageKey: 'error.ticket-taken', params: { key: '2026-041' } } } }), '#link-search', async (page) => {
    await page.locator('#link-search').fill('pool');
    await page.clock.runFor(1_000);
    await page.locator('.row').nth(3).waitFor();
    await page.locator('.row > button').first().click();
    await page.locator('.taken').waitFor();
  }, { linked: ['13'] }),
  dialog('ticket-tasks', 'ticket-tasks', (lang) => ({ [PAGE]: tasks(lang), 'ticket.create': { error: { code: 'jira-refused', messageKey: 'error.jira-refused', field: 'assignee', params: { detail: pick(lang, 'Bob cannot be assigned issues.', 'この担当者には割り当てできません。') } } } }), '.task', undefined, { pageId: '11' }),
  dialog('ticket-tasks-failed', 'ticket-tasks', (lang) => ({ [PAGE]: tasks(lang), 'ticket.create': { error: { code: 'jira-refused', messageKey: 'error.jira-refused', field: 'assignee', params: { detail: pick(lang, 'Bob cannot be assigned issues.', 'この担当者には割り当てできません。') } } } }), '.task', async (page) => {
    await page.locator('.button-primary:not([disabled])').click();
    await page.locator('.task .refusal').nth(1).waitFor();
  }, { pageId: '11' }),
  dialog('ticket-tasks-none', 'ticket-tasks', () => ({ [PAGE]: value({ body: { atlas_doc_format: { value: '{"type":"doc","content":[]}' } } }) }), '.notice', undefined, { pageId: '11' }),
  list('', (lang) => overview(lang, all(lang)), '.lozenge'),
  list('-empty', (lang) => overview(lang, []), '.empty-box'),
  list('-jira-absent', (lang) => overview(lang, all(lang), { [BULK]: { status: 404 } }), '.notice'),
  list('-failed', (lang) => overview(lang, [], { 'tickets.overview': refused('forbidden') }), '.notice'),
  { name: 'settings-tickets', screen: 'settings', answers: (lang) => ({ 'settings.get': value({ ...settings, tickets: project(lang) }), 'rules.choices': value({ monitors: [], services: [], roles: [], presets: [] }), ...projects(lang) }), ready: '.project-choice' },
];
