/** Time and chance of the machine. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Clock, Random } from '../ports';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
export const systemRandom: Random = {
  id: () => randomUUID(),
  letters: (n) => Array.from({ length: n }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  fraction: () => randomInt(2 ** 32) / 2 ** 32,
};
