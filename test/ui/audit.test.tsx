/** The dialog of changes: by kind, further back, and as a file. */
import { answers, dialogs, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { AppApi, AuditRow, AuditView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import Audit from '../../static/ui/src/dialogs/Audit';
import { auditCsv } from '../../static/ui/src/dialogs/audit/audit';
import { board, delta, show, T0 } from './samples';
import { catchFiles, type SavedFile } from './saved-files';

const row = (id: string, part: Partial<AuditRow> = {}): AuditRow => ({ id, at: T0, by: { accountId: 'acc-alice' }, kind: 'course', what: [{ text: 'Severity SEV2 → SEV1' }], before: [{ text: 'SEV2' }], after: [{ text: 'SEV1' }], ...part });
let files: readonly SavedFile[] = [];
beforeEach(() => {
  resetBridge();
  files = catchFiles();
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});
const serve = (answer: (p: Parameters<AppApi['audit.load']>[0]) => AuditView): void => {
  answers['audit.load'] = (p: never) => said(answer(p));
};
const open = (): void => void show(<Audit given={{ incidentId: 'i1', key: '2026-042' }} done={() => undefined} />);
const bytes = (blob: Blob): Promise<Uint8Array> =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(new Uint8Array(reader.result as ArrayBuffer));
    reader.readAsArrayBuffer(blob);
  });

test('an editor opens it from the board’s menu', async () => {
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
  answers['ticket.form'] = () => refused('not-found');
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />);
  fireEvent.click(await screen.findByRole('button', { name: 'More' }));
  fireEvent.click(await screen.findByRole('button', { name: 'History of changes …' }));
  await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'audit', title: 'History of changes', given: { incidentId: 'i1', key: '2026-042' } }]));
});

test('it is asked for by kind, and further back from where the last answer ended', async () => {
  serve(({ kinds, before }) => (kinds !== null ? { rows: [], next: null, left: 0 } : before === null ? { rows: [row('a')], next: { at: T0, id: 'a' }, left: 2 } : { rows: [row('b', { by: null, what: [{ person: 'acc-bob' }, { text: ' left' }] })], next: null, left: 2 }));
  open();
  const rows = (): number => within(screen.getByRole('list')).getAllByRole('listitem').length;
  await screen.findByRole('list');
  expect(rows()).toBe(1);
  expect(screen.queryByText(/older changes of the review/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Show older ones' }));
  await waitFor(() => expect(rows()).toBe(2));
  await screen.findByText('Bob');
  expect([screen.queryByText('Automatic') !== null, screen.queryByText(/2 older changes of the review/) !== null, screen.queryByRole('button', { name: 'Show older ones' })]).toEqual([true, true, null]);
  fireEvent.change(screen.getByLabelText('Kind'), { target: { value: 'review' } });
  await screen.findByText('No change of this kind.');
  expect(sent('audit.load')).toEqual([
    { incidentId: 'i1', kinds: null, before: null, lang: 'en', zone: 'Asia/Tokyo' },
    { incidentId: 'i1', kinds: null, before: { at: T0, id: 'a' }, lang: 'en', zone: 'Asia/Tokyo' },
    { incidentId: 'i1', kinds: ['review'], before: null, lang: 'en', zone: 'Asia/Tokyo' },
  ]);
});

test('as a file it is whole, with a byte order mark, names, and no formula', async () => {
  serve(({ before }) => (before === null ? { rows: [row('a', { after: [{ text: '=HYPERLINK("https://evil.example")' }] })], next: { at: T0, id: 'a' }, left: 0 } : { rows: [row('b', { kind: 'notes', by: null, what: [{ person: 'acc-bob' }], before: [], after: [{ text: '-1' }] })], next: null, left: 0 }));
  open();
  await screen.findByRole('list');
  fireEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await screen.findByText('Saved as changes_2026-042.csv');
  const file = await bytes(files[0]?.blob ?? new Blob());
  expect([files[0]?.name, [...file.slice(0, 3)]]).toEqual(['changes_2026-042.csv', [0xef, 0xbb, 0xbf]]);
  expect(Buffer.from(file.slice(3)).toString('utf8').split('\r\n')).toEqual([
    'When,Who,Kind,What,Before,After',
    '2026-11-24 02:11:00 +09:00,Alice,Severity and status,Severity SEV2 → SEV1,SEV2,"\'=HYPERLINK(""https://evil.example"")"',
    "2026-11-24 02:11:00 +09:00,Automatic,Notes and pins,Bob,,'-1",
    '',
  ]);
});

test('what cannot be read says so, and is tried again', async () => {
  answers['audit.load'] = () => refused('forbidden');
  open();
  await screen.findByText('The changes could not be read');
  serve(() => ({ rows: [row('a')], next: null, left: 0 }));
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('list');
  expect(screen.queryByText('The changes could not be read')).toBeNull();
});

test('a person nobody can look up is still a row', () => {
  const csv = auditCsv([row('a')], ['t', 'w', 'k', 'x', 'b', 'a'], 'UTC', { nameOf: () => '—', kindOf: (kind) => kind, automatic: 'Automatic' });
  expect(csv.split('\r\n')[1]).toBe('2026-11-23 17:11:00 +00:00,—,course,Severity SEV2 → SEV1,SEV2,SEV1');
});
