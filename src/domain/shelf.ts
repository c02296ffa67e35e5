/** Which of Confluence's templates are ours. Pure. */
import type { TemplatePlace } from '../contract';
import type { InstalledTemplate } from './model';

/** Templates an installation keeps at most: each stands in the settings, which every call reads. */
export const INSTALLED_AT_MOST = 60;

/** What the board of a template carries: the same for every press, so that a template whose maker died is found again. */
export const markOf = (conn: string, { template, lang, spaceKey }: TemplatePlace): string => `mackerel-${conn}-${template}-${lang}-${spaceKey ?? 'site'}`;

export const samePlace = (a: TemplatePlace, b: TemplatePlace): boolean => a.template === b.template && a.lang === b.lang && a.spaceKey === b.spaceKey;
export const installedAt = (all: readonly InstalledTemplate[], of: TemplatePlace): InstalledTemplate | null => all.find((one) => samePlace(one, of)) ?? null;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly hasBoard: boolean;
  readonly carries: (mark: string) => boolean;
}
interface Ours {
  /** The id that was kept; null: none is known. */
  readonly known: string | null;
  readonly name: string;
  readonly description: string;
  readonly mark: string;
}
/**
 * The one that is known, whatever it is called by now, and those nobody has renamed that carry our mark or lost their board.
 * What people made of ours has a name of its own and is theirs. Oldest first, the known one before all.
 */
export function oursAmong<T extends Found>(found: readonly T[], { known, name, description, mark }: Ours): readonly T[] {
  const isOurs = (one: T): boolean => one.id === known || (one.name === name && one.description === description && (one.carries(mark) || !one.hasBoard));
  const age = ({ id }: T): number => (id === known ? -1 : Number(id));
  return found.filter(isOurs).sort((a, b) => age(a) - age(b));
}
