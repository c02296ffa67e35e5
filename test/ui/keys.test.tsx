import { answers, dialogs, invoked, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Board } from '../../static/ui/src/board/Board';
import { board, delta, show } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
const open = async (): Promise<void> => {
  show(<Board {...place} />);
  await screen.findByRole('button', { name: 'Severity: SEV1' });
};
const press = (code: string, part: object = {}, on: Element = document.body): boolean => fireEvent.keyDown(on, { code, ...part });
const changes = (): readonly string[] => invoked.map(({ verb }) => verb).filter((verb) => !verb.startsWith('board.') && verb !== 'ticket.form');
beforeEach(() => {
  resetBridge();
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
});
afterEach(cleanup);

test.each([
  ['KeyS', 'menu', 'Severity'],
  ['KeyT', 'menu', 'Status'],
  ['KeyA', 'dialog', 'Commander: hand over, assign'],
])('%s opens a %s called %s and changes nothing', async (code, kind, name) => {
  await open();
  expect(press(code, { key: 'ｓ' })).toBe(false);
  expect(screen.getByRole(kind, { name })).toBeTruthy();
  expect(changes()).toEqual([]);
});

test('no key commits, whatever has the focus', async () => {
  await open();
  const codes = ['KeyN', 'KeyS', 'KeyT', 'KeyA', 'KeyP', 'KeyG', 'KeyI', 'KeyR', 'KeyU', 'Slash', 'KeyD', 'KeyX'];
  for (const button of screen.getAllByRole('button')) {
    button.focus();
    for (const code of codes) press(code, {}, button);
  }
  expect(changes()).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: "I'm on it" }));
  await waitFor(() => expect(changes()).toEqual(['incident.respond', 'incident.respond']), { timeout: 3_000 }); // it would have been seen
});

test.each([
  ['while an input method composes', { isComposing: true }],
  ['for the input method’s own key', { keyCode: 229 }],
  ['with Ctrl', { ctrlKey: true }],
  ['with ⌘', { metaKey: true }],
  ['with Alt', { altKey: true }],
  ['when it repeats', { repeat: true }],
])('they are left alone %s', async (_when, part) => {
  await open();
  expect(press('KeyS', part)).toBe(true);
  expect(screen.queryByRole('menu')).toBeNull();
  press('KeyS');
  expect(screen.getByRole('menu', { name: 'Severity' })).toBeTruthy();
});

test('in a field they are letters', async () => {
  await open();
  fireEvent.click(screen.getByRole('button', { name: 'Edit Impact' }));
  expect(press('KeyS', {}, screen.getByRole('textbox', { name: 'Impact' }))).toBe(true);
  expect(screen.queryByRole('menu')).toBeNull();
});

test('? lists them; there they can be switched off for this viewer, and on again', async () => {
  dialogs.answer = { on: false };
  await open();
  press('Slash', { shiftKey: true });
  await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'help', title: 'Keyboard', given: { on: true } }]));
  await waitFor(() => expect(press('KeyS')).toBe(true));
  cleanup();
  await open();
  expect(press('KeyS')).toBe(true);
  dialogs.answer = { on: true };
  fireEvent.click(screen.getByRole('button', { name: 'Keyboard' }));
  await waitFor(() => expect(dialogs.opened.at(-1)).toMatchObject({ given: { on: false } }));
  await waitFor(() => expect(press('KeyS')).toBe(false));
});
