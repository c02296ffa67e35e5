import { api } from '../session';

/** Lists it with the site and refuses out loud. */
export async function notModelled(what: string): Promise<never> {
  await api('/__web/unmodelled', 'POST', { what: `bridge ${what}` }).catch(() => undefined);
  throw new Error(`not modelled: ${what}`);
}
