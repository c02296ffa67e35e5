/** The calls a press makes of the outside, each a moment at which something can go wrong. */
import type { Fault } from '../../local-site/types';
import type { TestSite } from './harness';

export interface OutsideCall {
  readonly function: string;
  readonly target: Fault['target'];
  readonly method: string;
  readonly path: string;
}
/** Since the log was reset; of one function alone. Asking the platform for the trigger's address is no call that can be harmed. */
export const callsOf = async (site: TestSite, functionKey = 'resolver'): Promise<readonly OutsideCall[]> =>
  (await site.control<OutsideCall[]>('GET', 'outside')).filter((call) => call.function === functionKey && `${call.target}` !== 'stargate');

const kind = ({ path }: OutsideCall): string => path.replace(/\/[A-Za-z0-9]{11}(?=\/|$)/g, '/').split('?')[0]?.replace(/\d{4,}.*$/, '') ?? '';
export const changes = ({ target, method, path }: OutsideCall): boolean => (target === 'kvs' ? !/\/(get|query)$/.test(path) : method !== 'GET' && !path.includes('sign'));

type Harm = Pick<Fault, 'status' | 'lose' | 'kill'>;

/** Harm done to the n-th call of the log: so many of its kind pass first. */
export function strikeAfter(calls: readonly OutsideCall[], index: number, harm: Harm): Fault & { skip: number } {
  const call = calls[index];
  if (call === undefined) throw new Error('no such call');
  const path = kind(call);
  const same = (other: OutsideCall): boolean => other.target === call.target && other.method === call.method && other.path.includes(path);
  return { target: call.target, method: call.method, path, skip: calls.slice(0, index).filter(same).length, times: 1, ...harm };
}
