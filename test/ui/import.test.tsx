/** A record's file chosen by an administrator: looked at before anything is made, and what goes wrong said without losing it. */
import { answers, navigated, refused, resetBridge, said, sent } from './bridge';
import { gunzipSync } from 'node:zlib';
import { Blob as NodeBlob } from 'node:buffer';
import { CompressionStream as NodeCompression } from 'node:stream/web';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { SCHEME } from '../../src/domain/scheme';
import type { HomeView, ImportLook } from '../../src/contract';
import { Home } from '../../static/ui/src/home/Home';
import { packed } from '../../static/ui/src/home/pack';
import { head, MINUTE, show, T0 } from './samples';

const home = (part: Partial<HomeView> = {}): HomeView => ({
  configured: true, isAdmin: true, keepsSettings: false, declareGroup: null, scheme: SCHEME, candidates: [], moreCandidates: false, inDowntime: [], pageTemplates: [], incidents: [head()], now: T0,
  spaces: [{ id: '1', key: 'OPS', name: 'Operations', services: ['shop'], canDeclare: true }, { id: '2', key: 'SRE', name: 'Reliability', services: ['blog'], canDeclare: true }, { id: '3', key: 'RO', name: 'Read only', services: [], canDeclare: false }], ...part,
});
const look = (part: Partial<ImportLook> = {}): ImportLook => ({
  key: '2025-003', title: '<b>Pool</b> exhausted', kind: 'incident', severity: 'sev2', status: 'closed', visibility: 'public', service: 'blog', lang: 'en', detectedAt: T0 - 60 * MINUTE, declaredAt: T0 - 55 * MINUTE, resolvedAt: T0 - 10 * MINUTE, closedAt: T0, writtenAt: T0,
  counts: { entries: 40, alerts: 3, hosts: 2, tickets: 1, reports: 0 }, review: 'in-review', people: ['acc-alice', 'acc-x', 'acc-y'], spaceKey: 'SRE', already: null, now: T0, ...part,
});
const opened = () => Promise.resolve({ path: () => '/all', go: () => undefined, listen: () => undefined });
const file = (text: string, size?: number): File => Object.defineProperties(new NodeBlob([text]), { name: { value: 'pool.json' }, ...(size === undefined ? {} : { size: { value: size } }) }) as unknown as File;
async function panel(): Promise<HTMLElement> {
  show(<Home openRoute={opened} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Bring in a record' }));
  return await screen.findByRole('region', { name: 'Bring in a record' });
}
const choose = (one: File): void => void fireEvent.change(screen.getByLabelText('Choose file'), { target: { files: [one] } });

beforeAll(() => void Object.assign(globalThis, { CompressionStream: NodeCompression }));
beforeEach(() => {
  resetBridge();
  answers['home.load'] = () => said(home());
  answers['health.get'] = () => refused('busy');
});
afterEach(cleanup);

test('a file is packed so that it can be opened again, and what does not fit is not sent', async () => {
  const text = '{"エントリ":"復旧"}'.repeat(5000);
  expect(gunzipSync(Buffer.from((await packed(file(text))) ?? '', 'base64')).toString('utf8')).toBe(text);
  expect(await packed({ size: 8_000_001 } as Blob)).toBeNull();
  expect(await packed(file(Array.from({ length: 60_000 }, () => Math.random().toString(36)).join('')))).toBeNull();
});

test('only administrators are offered it', async () => {
  answers['home.load'] = () => said(home({ isAdmin: false }));
  show(<Home openRoute={opened} />);
  await screen.findByRole('button', { name: 'Checkout is slow' });
  expect(screen.queryByRole('button', { name: 'Bring in a record' })).toBeNull();
  cleanup();
  answers['home.load'] = () => said(home());
  show(<Home openRoute={opened} />);
  expect(await screen.findByRole('button', { name: 'Bring in a record' })).toBeTruthy();
});

test('what it would become is shown as text, and it is made in the space that was chosen, once', async () => {
  answers['import.look'] = () => said(look());
  answers['incident.import'] = () => said({ incidentId: 'i9', key: '2026-043', page: '/wiki/spaces/OPS/pages/43', already: false });
  const box = await panel();
  choose(file('{}'));
  const facts = await within(box).findByLabelText('What becomes of it');
  for (const words of ['Incident 2025-003 (gets a number of its own here)', '40 entries, 3 alerts, 2 hosts, 1 ticket, 0 reports', 'In review', 'Alice2 people have no account here and stay without a name.']) expect(facts.textContent).toContain(words);
  expect(within(box).getByText('<b>Pool</b> exhausted')).toBeTruthy();
  const space = within(box).getByLabelText<HTMLSelectElement>('Space of its page');
  expect([space.value, [...space.options].map(({ text }) => text), sent('incident.import')]).toEqual(['SRE', ['Operations', 'Reliability'], []]);
  fireEvent.change(space, { target: { value: 'OPS' } });
  const asked = sent('home.load').length;
  fireEvent.click(within(box).getByRole('button', { name: 'Bring in' }));
  await within(box).findByText(/It is here now as Incident 2026-043/);
  expect(sent('incident.import')).toEqual([{ file: (sent('import.look')[0] as { file: string }).file, spaceKey: 'OPS' }]);
  fireEvent.click(within(box).getByRole('button', { name: 'Open its page' }));
  await waitFor(() => expect(JSON.stringify(navigated)).toContain('/wiki/spaces/OPS/pages/43'));
  await waitFor(() => expect(sent('home.load').length).toBeGreaterThan(asked));
});

test('what is here already is not offered again, and of what the viewer does not see nothing is told', async () => {
  answers['import.look'] = () => said(look({ already: { key: null, url: null } }));
  const box = await panel();
  choose(file('{}'));
  await within(box).findByText('It is here already. You do not see its page.');
  expect([within(box).queryByRole('button', { name: 'Bring in' }), within(box).queryByRole('button', { name: 'Open its page' })]).toEqual([null, null]);
});

test('a file that is none is named with its place, and another one can be chosen', async () => {
  answers['import.look'] = () => refused('bad-request', 'file', { messageKey: 'error.import-broken', params: { where: 'entries.3.at', n: 0 } });
  const box = await panel();
  choose(file('{}'));
  const alert = await within(box).findByRole('alert');
  expect(alert.textContent).toBe('pool.json The file does not hold what a record holds, at “entries.3.at”. Was it changed after it was saved?');
  choose(file('x', 9_000_000));
  await waitFor(() => expect(within(box).getByRole('alert').textContent).toBe('pool.json The file is too large: at most 8 MB can be brought in.'));
  answers['import.look'] = () => said(look());
  choose(file('{}'));
  await within(box).findByText('In review');
});

test('refused when it is made, the preview stays and it can be pressed again for another space', async () => {
  answers['import.look'] = () => said(look());
  answers['incident.import'] = ({ spaceKey }: { spaceKey: string }) => (spaceKey === 'SRE' ? refused('forbidden', 'spaceKey', { messageKey: 'error.space-no-create', params: { space: 'SRE' } }) : said({ incidentId: 'i9', key: '2026-043', page: null, already: true }));
  const box = await panel();
  choose(file('{}'));
  fireEvent.click(await within(box).findByRole('button', { name: 'Bring in' }));
  await within(box).findByRole('alert');
  fireEvent.change(within(box).getByLabelText('Space of its page'), { target: { value: 'OPS' } });
  fireEvent.click(within(box).getByRole('button', { name: 'Bring in' }));
  await within(box).findByText('It is here already: Incident 2026-043.');
});
