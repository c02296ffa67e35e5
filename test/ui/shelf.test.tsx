import { answers, dialogs, invoked, refused, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { InstalledTemplateView, TemplatePlace } from '../../src/contract';
import { Shelf } from '../../static/ui/src/settings/Shelf';
import { show } from './samples';

const AT = Date.now() - 60_000;
let installed: InstalledTemplateView[];
let versions: number[];
const pressed = (verb: string): readonly unknown[] => invoked.filter((one) => one.verb === verb).map(({ payload }) => payload);
const row = (of: TemplatePlace, state: InstalledTemplateView['state']): InstalledTemplateView => ({ ...of, state, by: { accountId: 'acc-alice' }, at: AT });
const open = (): void => void show(<Shelf spaces={['OPS', 'SRE', 'OPS']} connected took={(version) => versions.push(version)} />);

beforeEach(() => {
  resetBridge();
  installed = [];
  versions = [];
  answers['templates.installed'] = () => said({ installed, version: 3 });
  answers['template.install'] = (of: TemplatePlace) => {
    installed = [row(of, 'there'), ...installed];
    return said({ installed, version: 3 + installed.length });
  };
  answers['template.remove'] = () => said({ installed: (installed = []), version: 9 });
});
afterEach(cleanup);

test('one press installs the incident template for the whole site in the language of who presses', async () => {
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Install' }));
  await screen.findByText('Installed. Create offers them now.');
  expect(pressed('template.install')).toEqual([{ template: 'incident', lang: 'en', spaceKey: null }]);
  expect(versions).toEqual([4]);
  const list = screen.getByRole('list', { name: 'Installed templates' });
  expect(within(list).getByText('Incident: respond, review, improve')).toBeTruthy();
  expect(within(list).getByText('Installed')).toBeTruthy();
  await within(list).findByText('Alice');
});

test('several are installed one after the other, of a chosen space and language', async () => {
  open();
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Drill' }));
  fireEvent.change(screen.getByLabelText('Where'), { target: { value: 'SRE' } });
  fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'ja' } });
  fireEvent.click(screen.getByRole('button', { name: 'Install 2 templates' }));
  await screen.findByText('2 templates installed. Create offers them now.');
  expect(pressed('template.install')).toEqual([{ template: 'incident', lang: 'ja', spaceKey: 'SRE' }, { template: 'drill', lang: 'ja', spaceKey: 'SRE' }]);
  expect([...(screen.getByLabelText('Where') as HTMLSelectElement).options].map(({ value }) => value)).toEqual(['', 'OPS', 'SRE']);
});

test('a refusal in the middle says how far it came, and what is there is asked again', async () => {
  const first = answers['template.install'];
  answers['template.install'] = (of: TemplatePlace) => (of.template === 'drill' ? refused('page-refused', null, { messageKey: 'error.shelf.board' }) : first?.(of as never));
  open();
  fireEvent.click(await screen.findByRole('checkbox', { name: 'Drill' }));
  fireEvent.click(screen.getByRole('button', { name: 'Install 2 templates' }));
  await screen.findByText(/^1 of 2 installed\. Drill: Confluence did not keep the incident board/);
  await waitFor(() => expect(pressed('templates.installed')).toHaveLength(2));
});

test('what is outdated is updated after a word of warning, what is gone without one; rather not changes nothing', async () => {
  installed = [row({ template: 'short', lang: 'ja', spaceKey: 'OPS' }, 'outdated'), row({ template: 'whys', lang: 'en', spaceKey: null }, 'gone')];
  answers['template.install'] = () => said({ installed, version: 4 });
  dialogs.answer = {};
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Update' }));
  await waitFor(() => expect(dialogs.opened.at(-1)).toMatchObject({ name: 'confirm', title: 'Update this template?' }));
  expect(pressed('template.install')).toEqual([]);
  dialogs.answer = { reason: '' };
  fireEvent.click(screen.getByRole('button', { name: 'Update' }));
  await waitFor(() => expect(pressed('template.install')).toEqual([{ template: 'short', lang: 'ja', spaceKey: 'OPS' }]));
  await screen.findByRole('button', { name: 'Update' });
  fireEvent.click(screen.getByRole('button', { name: 'Install again' }));
  await waitFor(() => expect(pressed('template.install')).toHaveLength(2));
  expect(dialogs.opened).toHaveLength(2);
});

test('removing asks first and says that pages stay', async () => {
  installed = [row({ template: 'short', lang: 'ja', spaceKey: 'OPS' }, 'there')];
  dialogs.answer = { reason: '' };
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await screen.findByText('Removed. Pages made from it stay.');
  expect(pressed('template.remove')).toEqual([{ template: 'short', lang: 'ja', spaceKey: 'OPS' }]);
  expect(screen.getByText('None installed yet.')).toBeTruthy();
});

test('before the settings are saved nothing is asked and nothing can be pressed', async () => {
  show(<Shelf spaces={[]} connected={false} took={() => undefined} />);
  expect((await screen.findByRole('button', { name: 'Install' })).hasAttribute('disabled')).toBe(true);
  expect(invoked).toEqual([]);
});

test('where Confluence does not answer it says so and asks again on demand', async () => {
  answers['templates.installed'] = () => refused('internal');
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Ask again' }));
  await waitFor(() => expect(pressed('templates.installed')).toHaveLength(2));
});
