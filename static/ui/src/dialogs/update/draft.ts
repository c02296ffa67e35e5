/** An update that is being written: what was typed and chosen is kept in this browser for each incident. */
import type { Lang, UpdateChoices, UpdateParts } from '../../../../../src/contract';
import { field, kept, numberOf, textOf, type Kept } from '../../parts/kept';

export const PARTS = ['conditions', 'actions', 'needs'] as const satisfies readonly (keyof UpdateParts)[];
export type Part = (typeof PARTS)[number];
export const CHOICES = ['notes', 'alerts', 'hosts', 'links'] as const satisfies readonly (keyof UpdateChoices)[];

export interface Written {
  /** null: the language of the incident's page. */
  readonly lang: Lang | null;
  readonly choices: UpdateChoices;
  /** What was typed, by `<lang>/<part>`. */
  readonly typed: Readonly<Record<string, string>>;
  /** The number of the newest update when typing began; null: nothing is typed. */
  readonly since: number | null;
  /** The press that was not answered: the same content again is the same press. */
  readonly sent: { readonly opId: string; readonly content: string } | null;
}
export const FRESH: Written = { lang: null, choices: { notes: false, alerts: false, hosts: false, links: false }, typed: {}, since: null, sent: null };

export const typedIn = ({ typed }: Written, lang: Lang, part: Part): string | null => typed[`${lang}/${part}`] ?? null;
/** `text` null: back to what the record gives. `newest`: number of the newest update now. */
export function type(so: Written, lang: Lang, part: Part, text: string | null, newest: number): Written {
  const { [`${lang}/${part}`]: _before, ...others } = so.typed;
  const typed = text === null ? others : { ...others, [`${lang}/${part}`]: text };
  return { ...so, typed, since: Object.keys(typed).length === 0 ? null : (so.since ?? newest) };
}
export const cleared = (so: Written): Written => ({ ...so, typed: {}, since: null, sent: null });

function parse(raw: unknown): Written | null {
  const [typed, choices, sent] = [field(raw, 'typed'), field(raw, 'choices'), field(raw, 'sent')];
  if (typeof typed !== 'object' || typed === null) return null;
  const lang = (['ja', 'en'] as const).find((known) => known === textOf(field(raw, 'lang'))) ?? null;
  const [opId, content] = [textOf(field(sent, 'opId')), textOf(field(sent, 'content'))];
  return {
    lang,
    choices: { notes: field(choices, 'notes') === true, alerts: field(choices, 'alerts') === true, hosts: field(choices, 'hosts') === true, links: field(choices, 'links') === true },
    typed: Object.fromEntries(Object.entries(typed).filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    since: numberOf(field(raw, 'since')),
    sent: opId === null || content === null ? null : { opId, content },
  };
}
export const writtenStore = (incidentId: string, account: string | null): Kept<Written> => kept(`update:${incidentId}:${account ?? ''}`, parse);
