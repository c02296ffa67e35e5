import { answers, dialogs, invoked, refused, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { PageTemplateLook, PageTemplateView } from '../../src/contract';
import { pageIdOf } from '../../static/ui/src/settings/page-address';
import { Pages } from '../../static/ui/src/settings/Pages';
import { show } from './samples';

const ADDRESS = 'https://site.example/wiki/spaces/SRE/pages/11/Our+structure';
const one: PageTemplateView = { id: 'page-11', name: 'Our structure', pageId: '11', url: ADDRESS, version: 4, newest: 4, used: 0, by: { accountId: 'acc-alice' }, at: Date.now() };
const look: PageTemplateLook = { pageId: '11', title: 'Our structure', url: ADDRESS, version: 4, lang: 'en', lines: [{ is: 'board', text: 'Incident board' }, { is: 'text', text: 'Mails are late' }], unknown: ['{{incidents.key}}'], leftOut: ['mediaSingle'] };
let pages: PageTemplateView[];
const pressed = (verb: string): readonly unknown[] => invoked.filter((call) => call.verb === verb).map(({ payload }) => payload);
const open = (): void => void show(<Pages connected took={() => undefined} />);

beforeEach(() => {
  resetBridge();
  pages = [];
  answers['templates.pages'] = () => said({ pages, version: 3 });
  answers['template.look'] = () => said(look);
  answers['template.adopt'] = () => said({ pages: (pages = [one]), version: 4 });
  answers['template.drop'] = () => said({ pages: (pages = []), version: 5 });
});
afterEach(cleanup);

test('Enter looks at the page: its lines, unknown variables and what is left out; then one press makes it a template', async () => {
  open();
  const field = screen.getByLabelText('Address of the page');
  fireEvent.change(field, { target: { value: ADDRESS } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await screen.findByText('Unknown variables, which stay as written: {{incidents.key}}');
  expect(pressed('template.look')).toEqual([{ pageId: '11', lang: 'en' }]);
  expect(screen.getByText('Left out, because it cannot stand on another page: mediaSingle')).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'Our structure, version 4' })).getByText('Mails are late')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Use version 4 as template' }));
  await screen.findByText(/^Our structure is a template now, in version 4\./);
  expect(pressed('template.adopt')).toEqual([{ pageId: '11', version: 4 }]);
  expect([(field as HTMLInputElement).value, screen.queryByText('Mails are late')]).toEqual(['', null]);
  expect(within(screen.getByRole('list')).getByText('Version 4')).toBeTruthy();
});

test('what is no address is said at once; what the app cannot read is said, and what was typed stays', async () => {
  answers['template.look'] = () => refused('forbidden', null, { messageKey: 'error.template-page.app' });
  open();
  const field = screen.getByLabelText('Address of the page');
  fireEvent.change(field, { target: { value: 'our structure' } });
  fireEvent.click(screen.getByRole('button', { name: 'Preview on sample data' }));
  await screen.findByText(/^This is no address of a Confluence page/);
  expect(pressed('template.look')).toEqual([]);
  fireEvent.change(field, { target: { value: '11' } });
  fireEvent.click(screen.getByRole('button', { name: 'Preview on sample data' }));
  await screen.findByText(/^The app cannot read this page/);
  expect((field as HTMLInputElement).value).toBe('11');
});

test('a newer version is looked at before it is used', async () => {
  pages = [{ ...one, newest: 7 }];
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Look at version 7' }));
  await screen.findByRole('button', { name: 'Use version 4 as template' });
  expect(pressed('template.look')).toEqual([{ pageId: '11', lang: 'en' }]);
});

test('one is dropped after a question; while it is named somewhere that is said', async () => {
  pages = [one];
  dialogs.answer = { reason: '' };
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await screen.findByText('It is a template no more. The page itself stays.');
  expect(pressed('template.drop')).toEqual([{ id: 'page-11' }]);
  cleanup();
  pages = [{ ...one, used: 2 }];
  answers['template.drop'] = () => refused('conflict', null, { messageKey: 'error.template-page.used', params: { n: 2 } });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await screen.findByText(/^2 rules or lines of the settings still name it\./);
  await waitFor(() => expect(screen.getByText('Our structure')).toBeTruthy());
});

test.each([
  ['https://site.example/wiki/spaces/SRE/pages/11/Our+structure', '11'],
  ['https://site.example/wiki/spaces/SRE/pages/edit-v2/11?x=1', '11'],
  ['https://site.example/wiki/pages/viewpage.action?pageId=12', '12'],
  [' 13 ', '13'],
  ['https://site.example/wiki/x/AbC', null],
  ['javascript:alert(1)', null],
  ['11; 12', null],
])('%s names page %s', (typed, id) => {
  expect(pageIdOf(typed)).toBe(id);
});
