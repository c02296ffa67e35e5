import { answers, invoked, refused, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { Lang, RuleChoices, RulesTrialView, RuleView, RuleWhen, SettingsInput, SettingsView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import { Settings } from '../../static/ui/src/settings/Settings';
import { show, T0 } from './samples';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
const declare: RuleView = { id: 'r1', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } };
const attach: RuleView = { id: 'r2', name: 'Known', when: { ...ANY, monitor: 'm1' }, then: { action: 'attach' } };
const ignore: RuleView = { id: 'r3', name: '', when: { ...ANY, host: 'test-*' }, then: { action: 'ignore' } };
const grouping = { by: 'service', monitorMinutes: 60, flapMinutes: 15 } as const;
const stored: SettingsView = {
  apiKeyLast4: 'x9Qz', orgName: 'demo', canWrite: false, services: [{ name: 'shop', spaceKey: 'OPS', lang: 'ja', parent: null }, { name: 'blog', spaceKey: 'SRE', lang: 'en', parent: null }], rules: [declare, attach, ignore], fallback: 'candidate', grouping,
  slackConfigured: false, writes: { enabled: false, group: null }, groups: { declare: null, settings: null }, mayGrant: true, scheme: SCHEME, tickets: null, templates: [], pageTemplates: [], webhookUrl: null, guide: { settled: null, webhook: true, sample: null }, version: 3,
};
const choices: RuleChoices = { monitors: [{ id: 'm1', name: 'checkout p95', type: 'host' }, { id: 'm2', name: 'front page', type: 'external' }], services: ['shop', 'batch'], roles: ['shop:web'], presets: [] };
const trials: RulesTrialView = {
  trials: [{
    alert: { id: 'a1', url: 'https://mackerel.io/orgs/demo/alerts/a1', monitor: 'm2', name: 'front page', type: 'external', service: 'blog', roles: [], host: null, status: 'CRITICAL', open: true, openedAt: T0 },
    decidedBy: null, unmet: [['service'], ['monitor'], ['host']], outcome: { action: 'candidate', times: 1, minutes: 60, seen: 1, asks: true }, downtime: null,
  }],
  left: { more: 2, hidden: 0 },
};

beforeEach(() => {
  resetBridge();
  answers['templates.installed'] = () => said({ installed: [], version: 3 });
  answers['templates.pages'] = () => said({ pages: [], version: 3 });
  answers['settings.get'] = () => said(stored);
  answers['rules.choices'] = () => said(choices);
  answers['rules.test'] = () => said(trials);
  answers['settings.save'] = ({ rules, fallback = 'candidate', grouping: by = grouping }: SettingsInput) => said({ ...stored, rules, fallback, grouping: by, version: 4 });
});
afterEach(cleanup);

async function shown(lang: Lang = 'en'): Promise<void> {
  show(<Settings />, lang);
  await screen.findByRole('group', { name: lang === 'ja' ? 'ルール 1' : 'Rule 1' });
  await waitFor(() => expect(invoked.some(({ verb }) => verb === 'rules.choices')).toBe(true));
}
const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }));
const rule = (n: number) => within(screen.getByRole('group', { name: `Rule ${n}` }));
const type = (field: HTMLElement, value: string): void => void fireEvent.change(field, { target: { value } });
const said1 = (n: number): string => screen.getByRole('group', { name: `Rule ${n}` }).querySelector('.rule-said')?.textContent ?? '';
const order = (): readonly string[] => screen.getAllByRole('group', { name: /^Rule \d+$/ }).map((one) => one.querySelector('.rule-then')?.textContent ?? '');
async function saved(): Promise<SettingsInput> {
  press('Save');
  await screen.findByText(/^Saved /);
  return sent('settings.save').at(-1) as unknown as SettingsInput;
}
async function choose(content: string, name = 'rules.json'): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('there is a field for files');
  await act(async () => {
    fireEvent.change(input, { target: { files: [{ name, size: content.length, text: () => Promise.resolve(content) }] } });
    await Promise.resolve();
  });
}

test('a folded rule is a sentence, with the monitor by its name', async () => {
  await shown();
  await waitFor(() => expect(said1(2)).toBe('KnownAny alert, monitor checkout p95→ add to the open incident'));
  expect([said1(1), said1(3)]).toEqual(['Critical on shop→ declare SEV2', 'Any alert, host test-*→ ignore']);
  expect(screen.queryByLabelText('Host name')).toBeNull();
});

test('every condition and the action of a rule are edited in its form', async () => {
  await shown();
  press('Edit rule 3');
  const form = rule(3);
  type(form.getByLabelText('Name'), 'Night of the batch');
  fireEvent.click(form.getByLabelText('Warning'));
  fireEvent.click(form.getByLabelText('Critical'));
  fireEvent.click(form.getByLabelText('Warning'));
  type(form.getByLabelText('Service'), 'batch');
  type(form.getByLabelText('Role'), 'shop:web');
  type(form.getByLabelText('Monitor'), 'm2');
  type(form.getByLabelText('Monitor type'), 'external');
  type(form.getByLabelText('Monitor name'), 'front*');
  fireEvent.click(form.getByLabelText('Only if the alert began at certain hours'));
  fireEvent.click(form.getByLabelText('Mon'));
  fireEvent.click(form.getByLabelText('Sun'));
  type(form.getByLabelText('From'), '23:30');
  type(form.getByLabelText('Time zone'), 'Europe/Berlin');
  type(form.getByLabelText('Action'), 'declare');
  type(form.getByLabelText('Severity'), 'sev1');
  type(form.getByLabelText('Kind'), 'near-miss');
  type(form.getByLabelText('Space'), 'SRE');
  expect((await saved()).rules[2]).toEqual({
    id: 'r3', name: 'Night of the batch',
    when: { monitor: 'm2', type: 'external', service: 'batch', role: 'shop:web', host: 'test-*', statuses: ['CRITICAL'], name: 'front*', time: { days: [0, 2, 3, 4, 5], from: 1410, to: 360, zone: 'Europe/Berlin' } },
    then: { action: 'declare', severity: 'sev1', kind: 'near-miss', spaceKey: 'SRE' },
  });
});

test('what no list has can be typed, also while the lists cannot be read', async () => {
  answers['rules.choices'] = () => refused('mackerel-unreachable');
  await shown();
  press('Edit rule 1');
  await rule(1).findByText(/The lists of Mackerel could not be read: Mackerel cannot be reached/);
  type(rule(1).getByLabelText('Monitor'), ' ');
  type(rule(1).getByLabelText('Monitor, typed'), '3mXyz');
  type(rule(1).getByLabelText('Space'), ' ');
  type(rule(1).getByLabelText('Space, typed'), '~alice');
  answers['rules.choices'] = () => said(choices);
  fireEvent.click(rule(1).getByRole('button', { name: 'Try again' }));
  await rule(1).findByRole('option', { name: 'front page (External)' });
  expect((await saved()).rules[0]).toMatchObject({ when: { monitor: '3mXyz' }, then: { spaceKey: '~alice' } });
});

test('rules move by their buttons and by the keys of the handle, which keeps the focus, and it is said', async () => {
  await shown();
  expect(order()).toEqual(['→ declare SEV2', '→ add to the open incident', '→ ignore']);
  const handle = screen.getByRole('button', { name: 'Move rule 1' });
  handle.focus();
  fireEvent.keyDown(handle, { key: 'ArrowDown' });
  expect(order()).toEqual(['→ add to the open incident', '→ declare SEV2', '→ ignore']);
  expect(screen.getByText('Now rule 2 of 3').getAttribute('role')).toBe('status');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move rule 2' }));
  fireEvent.keyDown(handle, { key: 'ArrowDown' });
  fireEvent.keyDown(handle, { key: 'ArrowDown' });
  press('Move rule 1 up');
  expect(screen.getByRole('button', { name: 'Move rule 1 up' }).getAttribute('aria-disabled')).toBe('true');
  press('Move rule 2 up');
  expect(order()).toEqual(['→ ignore', '→ add to the open incident', '→ declare SEV2']);
  expect((await saved()).rules.map(({ id }) => id)).toEqual(['r3', 'r2', 'r1']);
});

test('a copy stands behind its rule with an id of its own; a removed rule can be brought back', async () => {
  await shown();
  press('Duplicate rule 1');
  expect(order()).toEqual(['→ declare SEV2', '→ declare SEV2', '→ add to the open incident', '→ ignore']);
  expect(rule(2).getByLabelText('Name')).toBeTruthy();
  press('Remove rule 1');
  expect(order()).toEqual(['→ declare SEV2', '→ add to the open incident', '→ ignore']);
  press('Undo');
  expect(order()).toEqual(['→ declare SEV2', '→ declare SEV2', '→ add to the open incident', '→ ignore']);
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  press('Remove rule 4');
  const { rules } = await saved();
  expect(rules.map(({ when, then }) => ({ when, then }))).toEqual([declare, declare, attach].map(({ when, then }) => ({ when, then })));
  expect(new Set(rules.map(({ id }) => id)).size).toBe(3);
});

test('the fallback and the grouping are saved; wide digits are digits', async () => {
  await shown();
  type(screen.getByLabelText('If no rule fits'), 'ignore');
  type(screen.getByLabelText('Belongs to an incident with the same'), 'role');
  type(screen.getByLabelText('Same monitor or role within (minutes)'), '１２０');
  type(screen.getByLabelText('Comes back within (minutes)'), '0');
  expect(await saved()).toMatchObject({ fallback: 'ignore', grouping: { by: 'role', monitorMinutes: 120, flapMinutes: 0 } });
});

test('what is wrong is unfolded, marked and focused before anything is sent, and goes as it is mended', async () => {
  await shown();
  press('Edit rule 1');
  type(rule(1).getByLabelText('Action'), 'candidate');
  type(rule(1).getByLabelText('After this many alerts'), 'many');
  press('Close rule 1');
  expect(rule(1).queryByRole('alert')).toBeNull();
  press('Save');
  const times = await waitFor(() => rule(1).getByLabelText('After this many alerts'));
  await waitFor(() => expect(document.activeElement).toBe(times));
  expect([times.getAttribute('aria-invalid'), (times as HTMLInputElement).value]).toEqual(['true', 'many']);
  expect(rule(1).getByRole('alert').textContent).toBe('This must be a whole number.');
  expect(screen.getByText('One field of the rules must be mended first. Nothing was saved.')).toBeTruthy();
  expect(sent('settings.save')).toEqual([]);
  type(times, '3');
  expect(times.getAttribute('aria-invalid')).toBe('false');
  expect((await saved()).rules[0]?.then).toEqual({ action: 'candidate', times: 3, minutes: 60 });
});

test('what the app refuses is said at the field of the rule it names', async () => {
  answers['settings.save'] = () => refused('bad-request', 'rules.0.then.spaceKey', { messageKey: 'error.space-key' });
  await shown();
  press('Save');
  const space = await rule(1).findByLabelText('Space');
  expect(space.getAttribute('aria-invalid')).toBe('true');
  expect(space.closest('.field')?.textContent).toContain('There is no space with this key, or you cannot see it.');
});

describe('a file', () => {
  const file = (rules: readonly unknown[], more: object = {}): string => JSON.stringify({ schema: 1, rules, fallback: 'ignore', grouping: { by: 'role', monitorMinutes: 5, flapMinutes: 6 }, ...more });

  test('is made of what stands in the form', async () => {
    const blobs: Blob[] = [];
    const links: { href: string; name: string }[] = [];
    Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`, revokeObjectURL: () => undefined });
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      links.push({ href: this.href, name: this.download });
    });
    await shown();
    press('Remove rule 2');
    type(screen.getByLabelText('If no rule fits'), 'ignore');
    press('Export');
    click.mockRestore();
    expect(links).toEqual([{ href: 'blob:1', name: 'incident-rules.json' }]);
    const text = await new Promise<string>((done) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result));
      if (blobs[0] !== undefined) reader.readAsText(blobs[0]);
    });
    expect(JSON.parse(text)).toEqual({ schema: 1, rules: [declare, ignore], fallback: 'ignore', grouping });
  });

  test('is not made of what is wrong', async () => {
    Object.assign(URL, { createObjectURL: () => { throw new Error('nothing is exported'); } });
    await shown();
    type(screen.getByLabelText('Comes back within (minutes)'), '9999');
    press('Export');
    expect(await screen.findByText('Use at most 1,440.')).toBeTruthy();
  });

  test('with faults tells each with its place in the reader’s language, and nothing is lost', async () => {
    await shown('ja');
    fireEvent.click(screen.getByRole('button', { name: 'ルール 1 を編集' }));
    fireEvent.change(within(screen.getByRole('group', { name: 'ルール 1' })).getByLabelText('名前'), { target: { value: '書きかけ' } });
    await choose(file([{ ...declare, when: { ...declare.when, host: '', time: { days: [1], from: 0, to: 0, zone: 'Mars/Olympus' } } }, { ...attach, name: 5 }], { fallback: 'page' }));
    const panel = screen.getByRole('group', { name: 'インポート' });
    expect(document.activeElement).toBe(panel);
    expect(within(panel).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'ルール 1 · ホスト名: 空にはできません。 rules[0].when.host', 'ルール 1 · タイムゾーン: このタイムゾーンはありません。 rules[0].when.time.zone', 'ルール 2 · 名前: 文字列にしてください。 rules[1].name', 'どのルールにも一致しないとき: 次のいずれかにしてください: ignore, candidate fallback',
    ]);
    fireEvent.click(within(panel).getByRole('button', { name: '完了' }));
    expect(screen.queryByRole('group', { name: 'インポート' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'インポート' }));
    expect(screen.getByDisplayValue('書きかけ')).toBeTruthy();
    expect(screen.getAllByRole('group', { name: /^ルール \d$/ })).toHaveLength(3);
  });

  test('that is no JSON says the line, one with many faults how many more', async () => {
    await shown();
    await choose('{\n  "schema": 1,,\n}', 'torn.json');
    expect(screen.getByText('This is no JSON (see line 2).')).toBeTruthy();
    expect(screen.getByText('torn.json cannot be used: one thing is wrong in it.')).toBeTruthy();
    await choose(file(Array.from({ length: 30 }, (_, n) => ({ ...attach, id: `r${n}`, name: 5 }))));
    expect(within(screen.getByRole('group', { name: 'Import' })).getAllByRole('listitem')).toHaveLength(21);
    expect(screen.getByText('and 10 more')).toBeTruthy();
  });

  test('replaces what is typed only when that is confirmed, can be undone, and is saved by Save', async () => {
    await shown();
    await choose(file([ignore, { ...attach, id: 'n1' }]), 'other.json');
    expect(screen.getByText(/^other\.json has 2 rules\. Use them in place of the 3 rules here/)).toBeTruthy();
    press('Cancel');
    expect(order()).toHaveLength(3);
    await choose(file([ignore, { ...attach, id: 'n1' }]), 'other.json');
    press('Replace');
    expect(order()).toEqual(['→ ignore', '→ add to the open incident']);
    expect(screen.getByText('Taken from other.json; not saved yet.')).toBeTruthy();
    expect(sent('settings.save')).toEqual([]);
    press('Undo');
    expect(order()).toHaveLength(3);
    await choose(file([ignore, { ...attach, id: 'n1' }]), 'other.json');
    press('Replace');
    expect(await saved()).toMatchObject({ rules: [ignore, { ...attach, id: 'n1' }], fallback: 'ignore', grouping: { by: 'role', monitorMinutes: 5, flapMinutes: 6 } });
  });
});

describe('trying', () => {
  test('asks with what stands in the form and tells what would come of each alert, with the reasons on demand', async () => {
    await shown();
    press('Remove rule 2');
    press('Undo');
    type(screen.getByLabelText('If no rule fits'), 'ignore');
    type(screen.getByLabelText('If no rule fits'), 'candidate');
    press('Try rules');
    await screen.findByText('1 alert was tried. 2 older ones are left out.');
    expect(sent('rules.test')).toEqual([{ rules: stored.rules, fallback: 'candidate', services: stored.services, of: null }]);
    expect(screen.getByText('no rule fits')).toBeTruthy();
    expect(screen.queryByText(/asked for/)).toBeNull();
    press('Why: front page');
    expect(screen.getAllByText(/asked for/).map(({ textContent }) => textContent)).toEqual(['Service: blog, asked for: shop', 'Monitor: front page, asked for: checkout p95', 'Host name: none, asked for: test-*']);
    expect(screen.getByText('No rule fits, so what is set for all others holds: ask a person.')).toBeTruthy();
    expect(sent('settings.save')).toEqual([]);
    press('Move rule 2 up');
    expect(screen.getByText('The rules were changed since. Try again. 2 older ones are left out.')).toBeTruthy();
    expect(screen.getByText('Service: blog, asked for: shop')).toBeTruthy();
  });

  test('one alert is asked for by its address, on Enter, which saves nothing', async () => {
    await shown();
    type(screen.getByLabelText('Try on'), 'one');
    press('Try rules');
    expect(screen.getByText('Enter the alert’s address or id.')).toBeTruthy();
    type(screen.getByLabelText('Alert'), 'https://mackerel.io/orgs/demo/alerts/2b3C4d');
    expect(fireEvent.keyDown(screen.getByLabelText('Alert'), { key: 'Enter', isComposing: true })).toBe(false);
    expect(sent('rules.test')).toEqual([]);
    expect(fireEvent.keyDown(screen.getByLabelText('Alert'), { key: 'Enter' })).toBe(false);
    await screen.findByText(/1 alert was tried/);
    expect(sent('rules.test')).toMatchObject([{ of: { alertId: '2b3C4d' } }]);
  });

  test('a described alert takes name and type from its monitor', async () => {
    await shown();
    type(screen.getByLabelText('Try on'), 'described');
    const section = within(screen.getByRole('region', { name: 'Try rules' }));
    await section.findByRole('option', { name: 'front page (External)' });
    type(section.getByLabelText('Monitor'), 'm2');
    type(section.getByLabelText('Status'), 'UNKNOWN');
    type(section.getByLabelText('Host name'), 'web-01');
    type(section.getByLabelText('Service'), 'shop');
    press('Try rules');
    await screen.findByText(/1 alert was tried/);
    expect(sent('rules.test')[0]?.['of']).toMatchObject({ alert: { monitor: 'm2', name: 'front page', type: 'external', host: 'web-01', service: 'shop', role: null, status: 'UNKNOWN' } });
  });

  test('waits for rules that are right, and says why it could not', async () => {
    answers['rules.test'] = () => refused('mackerel-key');
    await shown();
    type(screen.getByLabelText('Comes back within (minutes)'), 'soon');
    press('Try rules');
    expect(await screen.findByText('The rules have fields that must be mended first. They are marked.')).toBeTruthy();
    expect(sent('rules.test')).toEqual([]);
    type(screen.getByLabelText('Comes back within (minutes)'), '5');
    press('Try rules');
    expect(await screen.findByText(/Mackerel refuses the API key/)).toBeTruthy();
  });
});

test('before a key is saved nothing is asked of Mackerel', async () => {
  answers['settings.get'] = () => said({ ...stored, apiKeyLast4: null, version: 0, rules: [], services: [] });
  show(<Settings />);
  fireEvent.click(await screen.findByRole('button', { name: 'All settings' }));
  await screen.findByText('No rules yet. Every alert waits for a person.');
  press('Add rule');
  expect(rule(1).getByLabelText('Critical')).toHaveProperty('checked', true);
  expect(invoked.map(({ verb }) => verb)).toEqual(['settings.get']);
});
