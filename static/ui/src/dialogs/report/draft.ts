/** A report that is being written: what was chosen and typed is kept in this browser for each incident. */
import type { Lang, ReportChoices, ReportEdits, ReportFieldId, ReportForm } from '../../../../../src/contract';
import { field, kept, textOf, type Kept } from '../../parts/kept';

export const FORMS: readonly ReportForm[] = ['first', 'update', 'final', 'postmortem', 'status'];
export const CHOICES: readonly (keyof ReportChoices)[] = ['people', 'hosts', 'links', 'notes', 'alerts', 'tickets'];
const FIELDS: readonly ReportFieldId[] = ['recipient', 'number', 'edition', 'date', 'reporter', 'started', 'recovered', 'summary', 'impact', 'cause', 'workaround', 'fix', 'prevention', 'next', 'apology', 'well', 'badly', 'luck'];
/** Whoever gets it and whoever writes it are the same in every form. */
const SHARED: ReadonlySet<ReportFieldId> = new Set<ReportFieldId>(['recipient', 'reporter']);

export interface Written {
  readonly form: ReportForm;
  readonly lang: Lang;
  /** By `outside` and `inside`. */
  readonly choices: Readonly<Record<string, ReportChoices>>;
  /** What was typed, by `<scope>/<field>`. */
  readonly typed: Readonly<Record<string, string>>;
}

const all = (value: boolean): ReportChoices => ({ people: value, hosts: value, links: value, notes: value, alerts: value, tickets: value });
/** `isOver`: what is told of one that is over is the last word. */
export const fresh = (lang: Lang, isOver: boolean): Written => ({ form: isOver ? 'final' : 'first', lang, choices: {}, typed: {} });

const side = (form: ReportForm): 'outside' | 'inside' => (form === 'postmortem' ? 'inside' : 'outside');
/** Nothing leaves the team that nobody chose. */
export const choicesOf = ({ form, choices }: Written): ReportChoices => choices[side(form)] ?? all(form === 'postmortem');
export const choose = (so: Written, choice: keyof ReportChoices, on: boolean): Written => ({ ...so, choices: { ...so.choices, [side(so.form)]: { ...choicesOf(so), [choice]: on } } });

const keyOf = ({ form, lang }: Written, id: ReportFieldId): string => (SHARED.has(id) ? `${lang}/${id}` : `${lang}.${form}/${id}`);
export const typedIn = (so: Written, id: ReportFieldId): string | null => so.typed[keyOf(so, id)] ?? null;
/** null: back to what the record gives. */
export function type(so: Written, id: ReportFieldId, text: string | null): Written {
  const { [keyOf(so, id)]: _before, ...others } = so.typed;
  return { ...so, typed: text === null ? others : { ...others, [keyOf(so, id)]: text } };
}
export function editsOf(so: Written): ReportEdits {
  return Object.fromEntries(FIELDS.flatMap((id) => (typedIn(so, id) === null ? [] : [[id, typedIn(so, id)]])));
}
/** Without what was typed for this form. */
export const cleared = (so: Written): Written => FIELDS.reduce((left, id) => type(left, id, null), so);

function parseChoices(raw: unknown): ReportChoices | null {
  const found = CHOICES.flatMap((name) => (typeof field(raw, name) === 'boolean' ? [[name, field(raw, name) as boolean] as const] : []));
  return found.length === CHOICES.length ? { ...all(false), ...Object.fromEntries(found) } : null;
}
function parseWritten(raw: unknown): Written | null {
  const form = FORMS.find((known) => known === field(raw, 'form'));
  const lang = (['ja', 'en'] as const).find((known) => known === textOf(field(raw, 'lang')));
  if (form === undefined || lang === undefined) return null;
  const entries = (name: string): readonly (readonly [string, unknown])[] => Object.entries((field(raw, name) as object | null | undefined) ?? {});
  const choices = entries('choices').flatMap(([name, value]) => {
    const parsed = parseChoices(value);
    return parsed === null ? [] : [[name, parsed] as const];
  });
  const typed = entries('typed').filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string');
  return { form, lang, choices: Object.fromEntries(choices), typed: Object.fromEntries(typed) };
}

export const writtenStore = (incidentId: string, account: string | null): Kept<Written> => kept(`report:${incidentId}:${account ?? ''}`, parseWritten);
