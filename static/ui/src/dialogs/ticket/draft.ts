/** A ticket that is being written: kept in this browser until it is made. */
import type { TicketKind } from '../../../../../src/contract';
import { field, kept, textOf, type Kept } from '../../parts/kept';
import { KINDS } from '../../parts/tickets';

export interface Person {
  readonly accountId: string;
  readonly name: string;
}
export interface Draft {
  readonly summary: string;
  readonly kind: TicketKind;
  readonly owner: Person | null;
  /** YYYY-MM-DD, empty: none. */
  readonly due: string;
  /** Id; empty: Jira's usual one. */
  readonly priority: string;
  /** Other fields by key: what was typed, an option's id or an account id; ids of several options. */
  readonly others: Readonly<Record<string, string | readonly string[]>>;
  /** Names of people chosen in other fields, by account id. */
  readonly names: Readonly<Record<string, string>>;
}
/** The press and what was refused with it for good: the same words again are the same press, other words then are another. */
export interface Press {
  readonly opId: string;
  readonly refused: string | null;
}
export interface Written {
  readonly draft: Draft;
  readonly press: Press;
}

export const freshPress = (): Press => ({ opId: crypto.randomUUID(), refused: null });
export function pressFor(press: Press, content: string): Press {
  return press.refused !== null && press.refused !== content ? freshPress() : press;
}

function parsePerson(raw: unknown): Person | null {
  const [accountId, name] = [textOf(field(raw, 'accountId')), textOf(field(raw, 'name'))];
  return accountId === null || name === null ? null : { accountId, name };
}
const entriesOf = (raw: unknown): readonly (readonly [string, unknown])[] => (typeof raw === 'object' && raw !== null ? Object.entries(raw) : []);
function parseWritten(raw: unknown): Written | null {
  const draft = field(raw, 'draft');
  const [summary, due, priority] = ['summary', 'due', 'priority'].map((name) => textOf(field(draft, name)));
  const kind = KINDS.find((known) => known === field(draft, 'kind'));
  const opId = textOf(field(field(raw, 'press'), 'opId'));
  if (summary == null || due == null || priority == null || kind === undefined || opId === null) return null;
  const others = entriesOf(field(draft, 'others')).flatMap(([key, value]) => (typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string')) ? [[key, value as string | readonly string[]] as const] : []));
  const names = entriesOf(field(draft, 'names')).filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string');
  return {
    draft: { summary, kind, owner: parsePerson(field(draft, 'owner')), due, priority, others: Object.fromEntries(others), names: Object.fromEntries(names) },
    press: { opId, refused: textOf(field(field(raw, 'press'), 'refused')) },
  };
}

export function writtenStore(incidentId: string, account: string | null, of: string): Kept<Written> {
  return kept(`ticket:${incidentId}:${account ?? ''}:${of}`, parseWritten);
}
