/** Ids in Mackerel's form: 11 characters of base 62. Nothing promises that they increase with time. */
import { randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function newId(): string {
  let id = '';
  for (let i = 0; i < 11; i += 1) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}
