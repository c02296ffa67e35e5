/** Three people and two instances of the app change one incident at once. `FC_RUNS=10` runs ten times as much. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { foldState } from '../../src/domain/rewind';
import { sight } from '../../src/domain/incident';
import { change, DECLARED, factsOf, fresh, play, reading, RUNS, steps } from './play';

/** As `toEqual`, which is slow; it is asked only for its words. */
function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

test.each([
  ['short stories', 8_000, 30],
  ['long stories, where a press comes again after many others', 2_000, 150],
])('any interleaving ends in what was accepted, in that order: nothing lost, nothing twice: %s', (_what, runs, most) => {
  let conflicts = 0;
  let repeated = 0;
  let accepted = 0;
  fc.assert(
    fc.property(steps(most), (plan) => {
      const played = play(plan);
      conflicts += played.conflicts;
      repeated += played.repeated;
      accepted += played.accepted.length;
      same(factsOf(played.incident), played.oracle.facts());
      // Every change that was stored is one version, and the head is what its entries say.
      same(played.incident.head.ver, 1 + played.accepted.length);
      same({ ...played.incident.head, ...foldState(played.incident.entries) }, played.incident.head);
      // The same, one after the other, is the same record to the last field.
      const serial = played.accepted.reduce((incident, { what, now }) => change(incident, what, now), fresh());
      same(serial, played.incident);
      // Everything sent once more at the end, in any order, changes nothing.
      const again = played.accepted.toReversed().reduce((incident, { what }) => ('press' in what ? change(incident, what, DECLARED * 2) : incident), played.incident);
      expect(again).toBe(played.incident);
    }),
    { numRuns: runs * RUNS },
  );
  console.info(`${accepted} changes accepted, ${conflicts} conflicts, ${repeated} presses repeated`);
  expect(conflicts).toBeGreaterThan(1000);
  expect(repeated).toBeGreaterThan(1000);
}, 120_000 * RUNS);

test('alerts heard of in any order, repeated and late, are the same alerts', () => {
  const stages = [0, 1, 2, 3].flatMap((stage) => ['a1', 'a2', 'a3'].map((alert) => ({ alert, stage })));
  const whole = factsOf(sight(fresh(), stages.map(({ alert, stage }) => reading(alert, stage)), DECLARED));
  fc.assert(
    fc.property(fc.shuffledSubarray(stages, { minLength: stages.length }), fc.array(fc.constantFrom(...stages), { maxLength: 12 }), fc.nat(6), (order, again, most) => {
      let incident = fresh();
      const all = [...order, ...again];
      for (let from = 0; from < all.length; from += 1 + most) {
        const seen = all.slice(from, from + 1 + most).map(({ alert, stage }) => reading(alert, stage));
        incident = sight(sight(incident, seen, DECLARED + from), seen, DECLARED + from + 1);
      }
      same(factsOf(incident), whole);
    }),
    { numRuns: 1_000 * RUNS },
  );
});
