/** Of a private incident nobody learns who may not see its page: what they see is what they would see if it had never been. */
import { lookEverywhere, HIDDEN_TITLE, SURFACES, type Seen, type Surface } from './leak-world';
import type { User } from './every-verb';

let never: Seen;
let leaked: Seen;
let byAlice: Seen;
let byBob: Seen;
beforeAll(async () => {
  never = await lookEverywhere({ is: 'absent' });
  leaked = await lookEverywhere({ is: 'leaked', declarer: 'alice' });
  byAlice = await lookEverywhere({ is: 'private', declarer: 'alice' });
  byBob = await lookEverywhere({ is: 'private', declarer: 'bob' });
}, 600_000);

/** What differs from the site on which it never was, for everybody but its declarer. */
function differences(of: Seen, surface: Surface, declarer: User): readonly string[] {
  const [here, there] = [of[surface], never[surface]];
  const names = [...new Set([...here.keys(), ...there.keys()])].filter((name) => !new RegExp(`\\b${declarer}\\b`).test(name));
  return names.filter((name) => here.get(name) !== there.get(name)).map((name) => `${name}: ${around(here.get(name) ?? '', there.get(name) ?? '')}`);
}
const BEFORE = 60;
const AFTER = 140;
/** Where two texts part. */
function around(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const near = (text: string): string => text.slice(Math.max(0, at - BEFORE), at + AFTER);
  return `${near(a)} <> ${near(b)}`;
}

describe.each(SURFACES)('%s', (surface) => {
  test('a planted leak is found', () => {
    expect(differences(leaked, surface, 'alice')).not.toEqual([]);
  });
  test('are the same bytes with a private incident of alice and without, for everybody else', () => {
    expect(differences(byAlice, surface, 'alice')).toEqual([]);
  });
  test('are the same bytes with a private incident of bob and without, for everybody else', () => {
    expect(differences(byBob, surface, 'bob')).toEqual([]);
  });
});

test('its declarer sees it, so that there is something to leak', () => {
  expect(byAlice.answers.get('home.load as alice')).toContain(HIDDEN_TITLE);
  expect(byBob.answers.get('home.load as bob')).toContain(HIDDEN_TITLE);
});
