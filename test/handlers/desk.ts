/** One incident and what people do with it, through the real verbs: what is the same in every press is filled in. */
import { randomUUID } from 'node:crypto';
import type { AppApi, AppError, BoardView, EntryView, IncidentHeadView, Result } from '../../src/contract';
import type { TestSite } from './harness';

type Pressing = { [V in keyof AppApi]: Parameters<AppApi[V]>[0] extends { readonly incidentId: string; readonly opId: string } ? V : never }[keyof AppApi];
type Rest<V extends Pressing> = Omit<Parameters<AppApi[V]>[0], 'incidentId' | 'opId'> & { readonly opId?: string };

export interface Desk {
  readonly incidentId: string;
  /** The head after a press that must be accepted. */
  press<V extends Pressing>(user: string, verb: V, p: Rest<V>): Promise<IncidentHeadView>;
  answer<V extends Pressing>(user: string, verb: V, p: Rest<V>): Promise<Result<IncidentHeadView>>;
  /** Code, text key and field of a press that must be refused, and must leave the record as it was. */
  refused<V extends Pressing>(user: string, verb: V, p: Rest<V>): Promise<Pick<AppError, 'code' | 'messageKey' | 'field'>>;
  board(user?: string): Promise<BoardView>;
  /** The whole timeline, newest first. */
  entries(): Promise<readonly EntryView[]>;
  /** Text keys of the app's own entries, oldest first. */
  said(): Promise<readonly string[]>;
  /** How many entries have this text key; of one alert. */
  told(messageKey: string, alertId?: string): Promise<number>;
}

export function deskOf(site: TestSite, incidentId: string): Desk {
  const full = <V extends Pressing>(p: Rest<V>): Parameters<AppApi[V]>[0] => ({ incidentId, opId: randomUUID(), ...p }) as unknown as Parameters<AppApi[V]>[0];
  const self: Desk = {
    incidentId,
    press: (user, verb, p) => site.ok(user, verb, full(p)) as Promise<IncidentHeadView>,
    answer: (user, verb, p) => site.invoke(user, verb, full(p)) as unknown as Promise<Result<IncidentHeadView>>,
    async refused(user, verb, p) {
      const before = (await self.board('admin')).incident.version;
      const answer = await self.answer(user, verb, p);
      if (answer.ok) throw new Error(`${verb} as ${user} was accepted`);
      const after = (await self.board('admin')).incident.version;
      if (after !== before) throw new Error(`${verb} as ${user} was refused and yet changed the record`);
      const { code, messageKey, field } = answer.error;
      return { code, messageKey, field };
    },
    board: (user = 'alice') => site.ok(user, 'board.load', { incidentId }),
    entries: async () => (await site.ok('alice', 'board.entries', { incidentId, pass: '' })).entries,
    said: async () => (await self.entries()).filter(({ source }) => source === 'app').map(({ messageKey }) => messageKey ?? '').reverse(),
    told: async (key, alertId) => (await self.entries()).filter((entry) => entry.messageKey === key && (alertId === undefined || entry.alertId === alertId)).length,
  };
  return self;
}

/** A new incident declared by alice from nothing. Of SRE it belongs to no service, of OPS to shop. */
export async function declareDesk(site: TestSite, title: string, spaceKey = 'SRE'): Promise<Desk> {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey, title, severity: 'sev3', visibility: 'public', candidateId: null });
  return deskOf(site, incidentId);
}
