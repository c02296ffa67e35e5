/** No verb that changes something is left out of the tests of dying processes. */
import { READING } from '../../src/handlers/license';
import { verbs } from '../../src/index';
import { erasingScenes } from './scenes/erasing';
import { evidenceScenes } from './scenes/evidence';
import { followingScenes } from './scenes/following';
import { intakeScenes } from './scenes/intake';
import { mergingScenes } from './scenes/merging';
import { outsideScenes } from './scenes/outside';
import { reviewScenes } from './scenes/review';
import { recordScenes } from './scenes/record';
import { ticketWays } from './scenes/tickets';

const scenes = [...recordScenes, ...outsideScenes, ...mergingScenes, ...followingScenes, ...reviewScenes, ...intakeScenes, ...erasingScenes, ...evidenceScenes];

test('every verb reads, or dies in a scene of its own', () => {
  const dies = new Set<string>([...scenes.flatMap((scene) => ('verb' in scene ? [scene.verb] : [])), ...ticketWays.map(({ verb }) => verb)]);
  expect([...READING, ...dies].sort()).toEqual(Object.keys(verbs).sort());
});

test('what the app does by itself dies too', () => {
  expect(scenes.flatMap((scene) => ('run' in scene ? [scene.run] : [])).sort()).toEqual(['sweep', 'sweep', 'uninstall']);
});
