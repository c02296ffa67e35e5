/** No verb that changes something is left out of the tests of dying processes. */
import { verbs } from '../../src/index';
import { followingScenes } from './scenes/following';
import { intakeScenes } from './scenes/intake';
import { mergingScenes } from './scenes/merging';
import { outsideScenes } from './scenes/outside';
import { recordScenes } from './scenes/record';
import { ticketWays } from './scenes/tickets';

const READING = [
  'board.load', 'board.changes', 'board.entries', 'board.at', 'board.graph', 'board.host', 'board.attachable', 'board.metrics', 'note.history', 'ticket.form', 'tickets.overview', 'issue.incident',
  'incidents.editable', 'template.preview', 'templates.installed', 'templates.pages', 'template.look', 'metric.graph', 'metric.choices', 'home.load', 'settings.get', 'settings.changes', 'rules.test', 'rules.choices', 'health.get', 'webhook.wait',
];
const scenes = [...recordScenes, ...outsideScenes, ...mergingScenes, ...followingScenes, ...intakeScenes];

test('every verb reads, or dies in a scene of its own', () => {
  const dies = new Set<string>([...scenes.flatMap((scene) => ('verb' in scene ? [scene.verb] : [])), ...ticketWays.map(({ verb }) => verb)]);
  expect([...READING, ...dies].sort()).toEqual(Object.keys(verbs).sort());
});

test('what the app does by itself dies too', () => {
  expect(scenes.flatMap((scene) => ('run' in scene ? [scene.run] : [])).sort()).toEqual(['sweep', 'uninstall']);
});
