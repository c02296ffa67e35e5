import { api } from '../session';

/** Lists something the site does not model (`GET /__site/unmodelled`). */
export async function report(what: string): Promise<void> {
  await api('/__web/unmodelled', 'POST', { what }).catch(() => undefined);
}

/** Lists it with the site and refuses out loud. */
export async function notModelled(what: string): Promise<never> {
  await report(`bridge ${what}`);
  throw new Error(`not modelled: ${what}`);
}
