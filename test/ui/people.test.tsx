import { answers, product, refused, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { IncidentHeadView, LineView } from '../../src/contract';
import { findPeople, peopleCql } from '../../static/ui/src/api';
import { Board } from '../../static/ui/src/board/Board';
import { placeName } from '../../static/ui/src/board/head/place-name';
import { board, delta, head, role, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
let now: IncidentHeadView;
function open(part: Partial<IncidentHeadView> = {}, lang: 'en' | 'ja' = 'en', edit = true): void {
  now = head(part);
  answers['board.load'] = () => said(board({ incident: now, can: { edit, mackerel: false } }));
  show(<Board {...place} />, lang);
}
const change = (part: Partial<IncidentHeadView>): unknown => {
  now = head({ ...now, version: now.version + 1, ...part });
  return said(now);
};
const line = (part: Partial<LineView> = {}): LineView => ({ text: 'database is full', by: { accountId: 'acc-alice' }, at: T0, v: 5, ...part });
const field = (name: string): HTMLInputElement => screen.getByRole('textbox', { name });
beforeEach(() => {
  resetBridge();
  answers['board.changes'] = () => said(delta({ incident: now }));
});
afterEach(cleanup);

describe('roles', () => {
  const held = [role({ person: { accountId: 'acc-alice' }, since: T0 }), role({ id: 'operator' }), role({ id: 'x:DBA', name: 'DBA', person: { accountId: 'acc-bob' }, since: T0 })];

  test('an empty one is taken with one press', async () => {
    answers['incident.role'] = () => change({ roles: [held[0] as (typeof held)[0], role({ id: 'operator', person: { accountId: 'acc-bob' } })] });
    open({ roles: held });
    fireEvent.click(await screen.findByRole('button', { name: 'Take the role Operator' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Take the role Operator' })).toBeNull());
    expect(sent('incident.role')).toEqual([{ incidentId: 'i1', opId: expect.any(String), role: { id: 'operator' }, person: 'me', seen: null }]);
  });

  test('one that somebody has is handed over to a person found by name, with the keyboard', async () => {
    product['/wiki/rest/api/search/user'] = { results: [{ user: { accountId: 'acc-carol', accountType: 'atlassian', displayName: 'Carol' } }, { user: { accountId: 'acc-carl', accountType: 'atlassian', displayName: 'Carl' } }, { user: { accountId: 'bot', accountType: 'app', displayName: 'Car bot' } }] };
    answers['incident.role'] = () => change({});
    open({ roles: held });
    fireEvent.click(await screen.findByRole('button', { name: 'Commander: hand over, assign' }));
    const search = screen.getByRole('combobox', { name: 'Hand over to' });
    fireEvent.change(search, { target: { value: 'car' } });
    await screen.findByRole('option', { name: 'Carol' });
    expect(within(screen.getByRole('listbox')).getAllByRole('option').map((option) => option.textContent)).toEqual(['Carol', 'Carl']);
    fireEvent.keyDown(search, { key: 'ArrowDown' });
    expect(document.getElementById(search.getAttribute('aria-activedescendant') ?? '')?.textContent).toBe('Carl');
    fireEvent.keyDown(search, { key: 'Enter', isComposing: true });
    expect(sent('incident.role')).toEqual([]);
    fireEvent.keyDown(search, { key: 'Enter' });
    await waitFor(() => expect(sent('incident.role')).toEqual([{ incidentId: 'i1', opId: expect.any(String), role: { id: 'commander' }, person: 'acc-carl', seen: 'acc-alice' }]));
  });

  test('one’s own is laid down', async () => {
    answers['incident.role'] = () => change({ roles: held.slice(0, 2) });
    open({ roles: held }, 'ja');
    fireEvent.click(await screen.findByRole('button', { name: 'DBAの交代・割り当て' }));
    fireEvent.click(screen.getByRole('button', { name: '役割を降りる' }));
    await waitFor(() => expect(screen.queryByText('DBA')).toBeNull());
    expect(sent('incident.role')).toEqual([{ incidentId: 'i1', opId: expect.any(String), role: { name: 'DBA' }, person: null, seen: 'acc-bob' }]);
  });

  test('a refused press comes back with its reason', async () => {
    answers['incident.role'] = () => refused('conflict', 'role', { messageKey: 'error.changed-by-other' });
    open({ roles: held });
    fireEvent.click(await screen.findByRole('button', { name: 'Take the role Operator' }));
    await screen.findByText(/^Not changed\. Somebody changed this at the same moment/);
    expect(screen.getByRole('button', { name: 'Take the role Operator' })).toBeTruthy();
  });

  test('the team names one of its own; a name that exists is not taken twice', async () => {
    answers['incident.role'] = () => change({ roles: [...held, role({ id: 'x:Network', name: 'Network', person: { accountId: 'acc-bob' } })] });
    open({ roles: held });
    fireEvent.click(await screen.findByRole('button', { name: 'Add a role' }));
    fireEvent.change(field('Name of the role'), { target: { value: 'DBA' } });
    expect(screen.getByText('There is a role with this name.')).toBeTruthy();
    fireEvent.change(field('Name of the role'), { target: { value: ' Network ' } });
    fireEvent.click(screen.getByRole('button', { name: 'I take it' }));
    await screen.findByText('Network');
    expect(sent('incident.role')).toEqual([{ incidentId: 'i1', opId: expect.any(String), role: { name: 'Network' }, person: 'me', seen: null }]);
  });

  test('what is typed is searched for as words, never as the search’s own language', async () => {
    expect(peopleCql('al" OR type = page')).toBe('user.fullname ~ "al OR type = page"');
    expect(peopleCql('Ａｌｉｃｅ\\ (a*)')).toBe('user.fullname ~ "Alice a"');
    expect([peopleCql('  '), peopleCql('"*')]).toEqual([null, null]);
    const asked: string[] = [];
    product['/wiki/rest/api/search/user'] = (path: string) => (asked.push(path), { results: [] });
    expect(await findPeople('O’Neil & 林')).toEqual([]);
    expect(asked).toEqual(['/wiki/rest/api/search/user?cql=user.fullname%20~%20%22O%E2%80%99Neil%20%E6%9E%97%22&limit=12']);
  });
});

describe('situation and impact', () => {
  const edit = async (what: string): Promise<HTMLInputElement> => {
    fireEvent.click(await screen.findByRole('button', { name: `Edit ${what}` }));
    return field(what);
  };

  test('is edited in its place and says who wrote it on hover', async () => {
    answers['incident.line'] = ({ text }: { text: string }) => change({ situation: line({ text, by: { accountId: 'acc-bob' }, v: 8 }) });
    open({ situation: line() });
    await waitFor(() => expect(screen.getByText('database is full').title).toBe('Alice, 02:11:00 (2026-11-23 17:11:00 UTC)'));
    const input = await edit('Current situation');
    expect([document.activeElement, input.value]).toEqual([input, 'database is full']);
    fireEvent.change(input, { target: { value: 'rolling back' } });
    expect(fireEvent.keyDown(input, { key: 'Enter', isComposing: true })).toBe(false);
    expect(sent('incident.line')).toEqual([]);
    fireEvent.submit(input);
    await screen.findByText('rolling back');
    expect(sent('incident.line')).toEqual([{ incidentId: 'i1', opId: expect.any(String), line: 'situation', text: 'rolling back', base: 5 }]);
  });

  test('when somebody else was faster theirs is shown, mine stays, and saving it is a second press', async () => {
    answers['incident.line'] = () => {
      now = head({ version: 9, impact: line({ text: 'only Osaka', v: 9 }) });
      return refused('conflict', 'impact', { messageKey: 'error.changed-by-other' });
    };
    open();
    const input = await edit('Impact');
    fireEvent.change(input, { target: { value: 'all of Japan' } });
    fireEvent.submit(input);
    await waitFor(() => expect(document.querySelector('.overtaken')?.textContent).toBe('Alice changed it at 02:11:00: “only Osaka”'));
    expect(input.value).toBe('all of Japan');
    answers['incident.line'] = ({ text }: { text: string }) => change({ impact: line({ text, v: 10 }) });
    fireEvent.click(screen.getByRole('button', { name: 'Replace with mine' }));
    await screen.findByText('all of Japan');
    expect(sent('incident.line').map(({ base }) => base)).toEqual([0, 9]);
  });

  test('what was typed is there again after a reload, and gone once it is given up', async () => {
    open();
    fireEvent.change(await edit('Impact'), { target: { value: 'half typed' } });
    cleanup();
    open();
    await waitFor(() => expect(field('Impact').value).toBe('half typed'));
    expect(document.activeElement).toBe(document.body);
    fireEvent.keyDown(field('Impact'), { key: 'Escape' });
    fireEvent.click(await screen.findByRole('button', { name: 'Edit Impact' }));
    expect(field('Impact').value).toBe('half typed');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    cleanup();
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Edit Impact' }));
    expect(field('Impact').value).toBe('');
  });

  test('a refresh leaves what is being typed and the focus alone', async () => {
    open();
    const input = await edit('Impact');
    fireEvent.change(input, { target: { value: 'typing' } });
    answers['board.changes'] = () => said(delta({ incident: head({ version: 12, severity: 'sev2', situation: line({ text: 'news', v: 12 }) }) }));
    act(() => void window.dispatchEvent(new Event('online')));
    await screen.findByText('news');
    expect([document.activeElement, field('Impact').value]).toEqual([input, 'typing']);
  });

  test('readers only read', async () => {
    open({ situation: line() });
    await screen.findByRole('button', { name: 'Edit Current situation' });
    cleanup();
    open({ situation: line() }, 'en', false);
    await screen.findByText('database is full');
    expect(screen.queryByRole('button', { name: 'Edit Current situation' })).toBeNull();
  });
});

describe('where people gather', () => {
  test('links are saved together; only https is taken', async () => {
    answers['incident.places'] = ({ call, chat }: { call: string; chat: string | null }) => change({ places: { call, chat, by: { accountId: 'acc-bob' }, at: T0, v: 8 } });
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Edit Where we gather' }));
    const form = screen.getByRole('form', { name: 'Where we gather' });
    fireEvent.change(within(form).getByLabelText('Call'), { target: { value: 'javascript:alert(1)' } });
    fireEvent.submit(form);
    expect(within(form).getByRole('alert').textContent).toBe('Only addresses that begin with https:// can be linked.');
    expect(sent('incident.places')).toEqual([]);
    fireEvent.change(within(form).getByLabelText('Call'), { target: { value: ' https://meet.google.com/abc ' } });
    fireEvent.submit(form);
    await screen.findByRole('link', { name: 'Call Meet' });
    expect(sent('incident.places')).toEqual([{ incidentId: 'i1', opId: expect.any(String), call: 'https://meet.google.com/abc', chat: null, base: 0 }]);
  });

  test.each([['https://acme.slack.com/archives/C1', 'Slack'], ['https://us02web.zoom.us/j/1', 'Zoom'], ['https://www.example.com/room', 'example.com'], ['https://notslack.com.evil.example/', 'notslack.com.evil.example']])('%s is called %s', (href, name) => {
    expect(placeName(href)).toBe(name);
  });
});
