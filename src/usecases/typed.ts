/** What people type, as it is kept; what does not fit is refused and never cut, so that nothing typed is lost. */
import { AppFailure, badRequest } from '../domain/failure';
import { ADDRESS_MAX, httpsAddress } from '../domain/links';
import { plainLine } from '../domain/text';

/** One line of at most `max` characters. @throws AppFailure bad-request naming the field */
export function typedLine(text: string, max: number, field: string): string {
  const line = plainLine(text, Infinity);
  if ([...line].length > max) throw new AppFailure('bad-request', 'error.too-long', { n: max }, field);
  return line;
}

/** An https address in its one form; null for none. @throws AppFailure bad-request naming the field */
export function typedAddress(text: string | null, field: string, max = ADDRESS_MAX): string | null {
  if (text === null || text.trim() === '') return null;
  const address = httpsAddress(text);
  if (address === null) throw badRequest(field, 'error.link-https');
  if (address.length > max) throw new AppFailure('bad-request', 'error.too-long', { n: max }, field);
  return address;
}
