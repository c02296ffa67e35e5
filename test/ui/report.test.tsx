/** The report dialog: a preview that is written on, files, pages. */
import { answers, dialogs, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { AppApi, ReportView } from '../../src/contract';
import { written } from '../../src/domain/report';
import { Board } from '../../static/ui/src/board/Board';
import Report from '../../static/ui/src/dialogs/Report';
import { ALL, FULL, NONE, note, reported, T0 } from '../domain/reported';
import { board, delta, head, show, words } from './samples';
import { catchFiles, type SavedFile } from './saved-files';

const VERSION = { n: 1, form: 'first', lang: 'en', title: 'x', by: { accountId: 'acc-alice' }, at: T0, page: { id: '9', url: 'https://site.example.com/9', version: 1 }, sha256: 'ab'.repeat(32) } as const;
let files: readonly SavedFile[] = [];
beforeEach(() => {
  resetBridge();
  files = catchFiles();
});
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});
const textOf = (blob: Blob): Promise<string> =>
  new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.readAsText(blob);
  });

function serve(part: Partial<ReportView> = {}): void {
  answers['report.load'] = ({ form, choices, edits, draft }: Parameters<AppApi['report.load']>[0]) => {
    const report = reported({ ...FULL, entries: { ...FULL.entries, x: note('x', T0, '=HYPERLINK("https://evil.example")') } }, form, choices, { lang: 'en', edits });
    return said({ blocks: draft ? report.blocks : written(report.blocks), timeline: report.timeline, columns: ['Time', 'By', 'Event', 'Link'], seen: 'a', adf: draft ? null : '{"type":"doc"}', fileName: 'Incident_report_2026-042', published: [], refusal: null, ...part });
  };
}
async function open(given: object = { incidentId: 'i1' }): Promise<void> {
  show(<Report given={given as never} done={() => undefined} />);
  await screen.findByRole('article', { name: 'Preview' });
}
const type = (label: string, text: string): void => void fireEvent.change(screen.getByLabelText(label), { target: { value: text } });
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }));

test('a reader opens it from below the board', async () => {
  answers['board.load'] = () => said(board({ incident: head({ visibility: 'private' }), can: { edit: false, mackerel: false } }));
  answers['board.changes'] = () => said(delta({ incident: head({ visibility: 'private' }) }));
  answers['ticket.form'] = () => refused('not-found');
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />);
  fireEvent.click(await screen.findByRole('button', { name: 'Report' }));
  await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'report', title: 'Report', given: { incidentId: 'i1', private: true, over: false } }]));
});

test('of one that is over the last word is offered first, unless another was begun', async () => {
  serve();
  await open({ incidentId: 'i1', over: true });
  expect(sent('report.load')[0]).toMatchObject({ form: 'final', choices: NONE });
  cleanup();
  await open({ incidentId: 'i1' });
  expect(sent('report.load').at(-1)).toMatchObject({ form: 'first' });
  fireEvent.change(screen.getByLabelText('Cause'), { target: { value: 'still unknown' } });
  cleanup();
  await open({ incidentId: 'i1', over: true });
  expect(sent('report.load').at(-1)).toMatchObject({ form: 'first' });
});

test('nothing that nobody chose is asked for, and a choice holds for the reports to people outside', async () => {
  serve();
  await open();
  expect(sent('report.load')[0]).toMatchObject({ incidentId: 'i1', form: 'first', lang: 'en', choices: NONE, edits: {}, draft: true });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Host names and addresses' }));
  await waitFor(() => expect(sent('report.load').at(-1)).toMatchObject({ choices: { ...NONE, hosts: true } }));
  fireEvent.change(screen.getByLabelText('Form'), { target: { value: 'postmortem' } });
  await waitFor(() => expect(sent('report.load').at(-1)).toMatchObject({ form: 'postmortem', choices: ALL }));
  fireEvent.change(screen.getByLabelText('Form'), { target: { value: 'final' } });
  await waitFor(() => expect(sent('report.load').at(-1)).toMatchObject({ form: 'final', choices: { ...NONE, hosts: true } }));
});

test('what is typed stays through a reload, for each form, and goes back to what the record gives', async () => {
  serve();
  await open();
  type('To', 'Example Inc.');
  type('Cause', 'A wrong setting');
  cleanup();
  await open();
  expect([(screen.getByLabelText('To') as HTMLTextAreaElement).value, (screen.getByLabelText('Cause') as HTMLTextAreaElement).value]).toEqual(['Example Inc.', 'A wrong setting']);
  fireEvent.change(screen.getByLabelText('Form'), { target: { value: 'final' } });
  await screen.findByText('Incident report (final)');
  // Who gets it is the same in every form; what is known of the cause is not.
  expect([(screen.getByLabelText('To') as HTMLTextAreaElement).value, (screen.getByLabelText('Cause') as HTMLTextAreaElement).value]).toEqual(['Example Inc.', 'We believe that a change made shortly before was the cause.']);
  fireEvent.change(screen.getByLabelText('Form'), { target: { value: 'first' } });
  await screen.findByText('Incident report (first notice)');
  press('Back to what the record gives: Cause');
  expect((screen.getByLabelText('Cause') as HTMLTextAreaElement).value).toBe('We believe that a change made shortly before was the cause.');
});

test('Markdown, CSV and ADF are made of what was written', async () => {
  serve();
  await open();
  fireEvent.click(screen.getByRole('checkbox', { name: 'Notes of the timeline' }));
  await waitFor(() => expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('false'));
  type('To', 'Example Inc.');
  press('Markdown');
  await screen.findByText('Saved as Incident_report_2026-042.md');
  expect(sent('report.load').at(-1)).toMatchObject({ edits: { recipient: 'Example Inc.' }, draft: false });
  press('Timeline (CSV)');
  await screen.findByText('Saved as Incident_report_2026-042.csv');
  press('ADF');
  await screen.findByText('Saved as Incident_report_2026-042.adf.json');
  const [markdown, csv, adf] = await Promise.all(files.map(({ blob }) => textOf(blob)));
  expect(markdown).toContain('- **To**: Example Inc.');
  const bytes = new Uint8Array(await new Promise<ArrayBuffer>((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as ArrayBuffer);
    reader.readAsArrayBuffer(files[1]?.blob ?? new Blob());
  }));
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(csv?.replace('\uFEFF', '').split('\r\n').slice(0, 3)).toEqual(['Time,By,Event,Link', '2026-11-24 02:11:00 +09:00,Automatic,Detected by monitoring,', `2026-11-24 02:11:00 +09:00,Responder,"'=HYPERLINK(""[link]"")",`]);
  expect(adf).toBe('{"type":"doc"}');
});

test('a Word file is a Word file', async () => {
  serve();
  await open();
  press('Word (.docx)');
  await screen.findByText('Saved as Incident_report_2026-042.docx', undefined, { timeout: 20_000 });
  expect([files[0]?.name, files[0]?.blob.type]).toEqual(['Incident_report_2026-042.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document']);
}, 40_000);

test('what changed since the preview is shown before it leaves', async () => {
  serve();
  await open();
  serve({ seen: 'b' });
  press('Markdown');
  await screen.findByText(/The incident changed since this preview/);
  expect(files).toEqual([]);
  await waitFor(() => expect(screen.getByRole('article').getAttribute('aria-busy')).toBe('false'));
  press('Markdown');
  await screen.findByText(/Saved as/);
});

test('published, the version is in the list; a lost answer is the same press again', async () => {
  serve();
  let lost = 1;
  answers['report.publish'] = () => {
    lost -= 1;
    if (lost >= 0) throw new Error('no answer');
    serve({ published: [VERSION] });
    return said({ published: [VERSION] });
  };
  await open();
  type('To', 'Example Inc.');
  press('Make a page');
  await screen.findByText('Version 1 is a page now.');
  const [first, second] = sent('report.publish');
  expect([first?.['opId'], first?.['seen'], first?.['edits']]).toEqual([second?.['opId'], 'a', { recipient: 'Example Inc.' }]);
  const list = await screen.findByRole('list');
  expect(within(list).getByRole('link').textContent).toBe('Version 1');
});

test('who cannot publish reads why, and the rest works', async () => {
  serve({ refusal: 'reports.cannot.view' });
  await open();
  expect([screen.getByText('Only those who can change the incident’s page can publish.') !== null, (screen.getByRole('button', { name: 'Make a page' }) as HTMLButtonElement).disabled, (screen.getByRole('button', { name: 'Markdown' }) as HTMLButtonElement).disabled]).toEqual([true, true, false]);
});

test('a refusal says why and eats nothing', async () => {
  serve();
  answers['report.publish'] = () => refused('page-refused', null, { messageKey: 'error.page-refused.no-permission', params: { space: 'OPS' } });
  await open();
  type('To', 'Example Inc.');
  press('Make a page');
  await screen.findByText(words().t('error.page-refused.no-permission', { space: 'OPS' }));
  expect((screen.getByLabelText('To') as HTMLTextAreaElement).value).toBe('Example Inc.');
});

test('the whole record is one file, read answer by answer', async () => {
  serve();
  const rows = [{ of: 'incident', id: 'i1', incidentId: null, value: { key: '2026-042' } }, { of: 'entry', id: 'e1', incidentId: 'i1', value: { text: 'one' } }, { of: 'report', id: 'i1:1', incidentId: 'i1', value: { n: 1 } }];
  answers['report.record'] = ({ after }: { after: string | null }) => said(after === null ? { rows: rows.slice(0, 2), next: 'p', now: T0 } : { rows: rows.slice(2), next: null, now: T0 });
  await open();
  press('Whole record (JSON)');
  await screen.findByText('Saved as Incident_report_2026-042.json');
  expect(JSON.parse(await textOf(files[0]?.blob ?? new Blob()))).toEqual({ format: 'incident-pages-incident', version: 1, startedAt: '2026-11-23T17:11:00.000Z', incident: { key: '2026-042' }, entries: [{ text: 'one' }], alerts: [], hosts: [], pins: [], tickets: [], review: null, reports: [{ n: 1 }], evidence: null });
});
