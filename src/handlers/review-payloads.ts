/** What the verbs of a review take. */
import * as z from 'zod';
import { FACTORS_AT_MOST, REVIEWERS_AT_MOST, TAGS_AT_MOST, WHYS_AT_MOST } from '../domain/review';

const account = z.string().min(1).max(200);
const text = (max: number) => z.string().max(max);
/** Made by the client, unique within its list. */
const rowId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
const unique = (rows: readonly { readonly id: string }[]): boolean => new Set(rows.map(({ id }) => id)).size === rows.length;
const version = z.number().int().min(0);

export const reviewState = z.enum(['draft', 'in-review', 'done']);
export const reviewBase = z.strictObject({ plan: version, factors: version, whys: version, lessons: version });
export const reviewChange = z.strictObject({
  plan: z.strictObject({ owner: account.nullable(), reviewers: z.array(account).max(REVIEWERS_AT_MOST), due: z.string().regex(/^20\d{2}-\d{2}-\d{2}$/).nullable(), meeting: text(2000).nullable() }).optional(),
  factors: z.array(z.strictObject({ id: rowId, kind: z.enum(['technical', 'process', 'organisational']), text: text(4000), tags: z.array(text(200)).max(TAGS_AT_MOST) })).max(FACTORS_AT_MOST).refine(unique).optional(),
  whys: z.array(z.strictObject({ id: rowId, parent: rowId.nullable(), text: text(4000) })).max(WHYS_AT_MOST).refine(unique).optional(),
  lessons: z.strictObject({ well: text(20_000), hard: text(20_000), lucky: text(20_000) }).optional(),
  ticks: z.strictObject({ facts: z.boolean().optional(), timeline: z.boolean().optional(), tickets: z.boolean().optional(), held: z.boolean().optional(), club: z.boolean().optional() }).optional(),
});

export const fillSection = z.enum(['summary', 'times', 'detection', 'impact', 'alerts', 'timeline', 'changes', 'people', 'tickets', 'similar', 'questions']);
export const fillSections = z.array(fillSection).min(1).max(11).refine((all) => new Set(all).size === all.length);
export const fillPlace = z.strictObject({ heading: z.string().min(1).max(200), nth: z.number().int().min(0).max(1000) }).nullable();
export const fillEntries = z.array(z.string().min(1).max(400)).max(200).nullable();
