/** Every kind of row that can name people, in an order that does not change. Other rows hold none. */
import { WhereConditions, kvs } from '@forge/kvs';
import { CANDIDATE_SHELVES } from '../../domain/candidate';
import { documentWithout, presserIn, withoutAccounts } from '../../domain/personal-data';
import type { Notice } from '../../ports';
import type { PeoplePlace, PeopleRow, PeopleRows } from '../../ports/personal-data';
import { dropRow, makeRow, readRow, reading, replaceRow, type EntityName, type Row } from './storage';

const AT_ONCE = 20;
const TRIES = 8;

interface Step {
  readonly entity: EntityName;
  readonly index: string;
  /** With `where`: an index over one attribute alone. */
  readonly partition: (conn: string) => readonly string[];
  readonly where?: string;
}
const byState = (entity: EntityName, ...states: readonly string[]): readonly Step[] => states.map((state) => ({ entity, index: 'by-state', partition: () => [state] }));
const ofConnection = (entity: EntityName, index: string, ...states: readonly string[]): readonly Step[] => states.map((state) => ({ entity, index, partition: (conn: string) => [conn, state] }));
const byKind = (entity: EntityName, ...kinds: readonly string[]): readonly Step[] => kinds.map((where) => ({ entity, index: 'kind', partition: () => [], where }));

/** Incidents first: what they owe is paid under the ids it has, before rows of notices get others. */
const STEPS: readonly Step[] = [
  ...ofConnection('incident', 'by-state', 'open', 'ended'),
  ...byKind('claim', 'press', 'ticket', 'open-service', 'declare'),
  ...ofConnection('candidate', 'by-state', ...CANDIDATE_SHELVES),
  ...byState('saga', 'running', 'done', 'dead', 'needs-person', 'discarded'),
  ...byState('notice', 'waiting', 'sent', 'dropped', 'unwanted'),
  ...ofConnection('ticket', 'by-shelf', 'on', 'off'),
  ...ofConnection('review', 'by-shelf', 'open', 'done'),
  ...byKind('cell', 'settings', 'settings-change', 'erasing', 'reports'),
  ...(['due', 'rest', 'stuck'] as const).map((work): Step => ({ entity: 'evidence', index: 'by-work', partition: () => [work] })),
];

const isNotice = (entity: EntityName, doc: unknown): doc is Notice => entity === 'notice' && typeof doc === 'object' && doc !== null;

/** Rows made by a press are named after it: claims `press:<connection>:<press>` and `ticket:<connection>:<press>`, notices `op:<press>`. */
function presserOf(entity: EntityName, key: string, doc: unknown): string | null {
  const press = isNotice(entity, doc) ? /^op:(.+)$/.exec(doc.id) : entity === 'claim' ? /^(?:press|ticket):[^:]+:(.+)$/.exec(key) : null;
  return press?.[1] === undefined ? null : presserIn(press[1]);
}

/** False: somebody wrote meanwhile. */
async function eraseOnce(entity: EntityName, key: string, closed: ReadonlySet<string>): Promise<boolean> {
  const row = await readRow<Row>(entity, key);
  if (row === null) return true;
  const doc = documentWithout(row.doc, closed);
  // What a press of theirs began is finished; that it is not begun twice matters only to them.
  if (entity === 'claim' && withoutAccounts(key, closed) !== key) return await dropRow(entity, key, row.ver);
  if (isNotice(entity, row.doc) && isNotice(entity, doc) && doc.id !== row.doc.id) {
    // It tells their name. Made under its new id before the old one goes: it is sent once, or was.
    await makeRow(entity, doc.id, { ...row, ver: 1, doc: { ...doc, text: '', state: doc.state === 'sent' ? 'sent' : 'unwanted' }, state: doc.state === 'sent' ? 'sent' : 'unwanted' });
    return await dropRow(entity, key, row.ver);
  }
  return JSON.stringify(doc) === JSON.stringify(row.doc) || (await replaceRow(entity, key, { ...row, ver: row.ver + 1, doc }, row.ver));
}

export function createPeopleRows(): PeopleRows {
  return {
    async page(conn, place) {
      const { step, cursor }: PeoplePlace = place ?? { step: 0, cursor: null };
      const at = STEPS[step];
      if (at === undefined) return { rows: [], next: null };
      const query = kvs.entity<Row>(at.entity).query();
      const builder = at.where === undefined ? query.index(at.index, { partition: [...at.partition(conn)] }) : query.index(at.index).where(WhereConditions.equalTo(at.where));
      builder.limit(AT_ONCE);
      if (cursor !== null) builder.cursor(cursor);
      const { results, nextCursor } = await reading(() => builder.getMany());
      const rows = results.map(({ key, value }): PeopleRow => (at.entity === 'incident' ? { incidentId: (value.doc as { readonly id: string }).id } : { entity: at.entity, key, doc: value.doc, presser: presserOf(at.entity, key, value.doc) }));
      const next = nextCursor !== undefined ? { step, cursor: nextCursor } : step + 1 < STEPS.length ? { step: step + 1, cursor: null } : null;
      return { rows, next };
    },
    async erase({ entity, key }, closed) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) if (await eraseOnce(entity as EntityName, key, closed)) return;
      throw new Error('a row stays contended');
    },
  };
}
