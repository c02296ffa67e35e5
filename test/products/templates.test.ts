import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { doc, testSite, type TestSite } from './site';

let site: TestSite;
beforeEach(() => {
  site = testSite();
});
const template = (name: string, text = name) => ({ name, description: '', adf: doc(text) });
const names = (user: string | null): string[] => site.products.templatesFor(user).map(({ name }) => name);
/** The id of a template made by the administrator. */
function made(spaceKey: string, name: string): string {
  const outcome = site.products.createTemplate('acc-admin', spaceKey, template(name));
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value.id;
}

test('a template is seen by those who see its space and changed by its administrators only', () => {
  const id = made('OPS', 'Postmortem');
  expect(site.products.templatesFor('acc-viewer')).toEqual([{ id, name: 'Postmortem', description: '', spaceKey: 'OPS', adf: JSON.parse(doc('Postmortem')), canManage: false }]);
  expect(site.products.templatesFor('acc-admin')).toMatchObject([{ id, canManage: true }]);
  expect([names('acc-mallory'), names(null)]).toEqual([[], []]);
  expect(site.products.changeTemplate('acc-alice', id, template('Mine'))).toEqual({ ok: false, status: 403, message: 'Only administrators of the space may change its templates' });
  expect(site.products.createTemplate('acc-alice', 'OPS', template('Mine'))).toMatchObject({ ok: false, status: 403 });
  const hidden = { ok: false, status: 404, message: 'No template with this id' };
  expect([site.products.deleteTemplate('acc-mallory', id), site.products.deleteTemplate('acc-mallory', '999')]).toEqual([hidden, hidden]);
  expect(site.products.deleteTemplate(null, id)).toMatchObject({ ok: false, status: 401 });
  expect(names('acc-bob')).toEqual(['Postmortem']);
});

test('templates are listed by name, changed and deleted', () => {
  const [b, a] = [made('OPS', 'B'), made('SRE', 'A')];
  expect(names('acc-bob')).toEqual(['A', 'B']);
  expect(site.products.changeTemplate('acc-admin', b, { ...template('0', 'changed'), description: 'for the night' })).toEqual({ ok: true, value: null });
  expect(site.products.templatesFor('acc-bob')[0]).toMatchObject({ id: b, name: '0', description: 'for the night', adf: JSON.parse(doc('changed')) });
  expect(site.products.deleteTemplate('acc-admin', a)).toEqual({ ok: true, value: null });
  expect(names('acc-bob')).toEqual(['0']);
});

test.each([
  ['a document that is none', { ...template('A'), adf: '{"type":"doc","version":1,"content":[{"type":"panel","attrs":{"panelType":"danger"},"content":[]}]}' }],
  ['no name', template('  ', 'x')],
  ['a name of 256 letters', template('x'.repeat(256))],
  ['a description of 256 letters', { ...template('A'), description: 'x'.repeat(256) }],
])('%s is refused and nothing is stored', (_what, input) => {
  expect(site.products.createTemplate('acc-admin', 'OPS', input)).toMatchObject({ ok: false, status: 400 });
  expect(names('acc-admin')).toEqual([]);
  made('OPS', 'planted');
  expect(names('acc-admin')).toEqual(['planted']);
});

test('a space that is hidden gets the answer of one that does not exist', () => {
  const create = (key: string) => site.products.createTemplate('acc-mallory', key, template('A'));
  expect(create('OPS')).toEqual({ ok: false, status: 404, message: 'No space with this id' });
  expect(create('NONE')).toEqual(create('OPS'));
});

test('templates outlive a restart of the site', () => {
  const file = path.join(tmpdir(), `templates-${process.pid}.db`);
  site = testSite({ file });
  made('OPS', 'Kept');
  site = testSite({ file });
  expect(names('acc-viewer')).toEqual(['Kept']);
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
});
