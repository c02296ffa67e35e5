/** Which of Confluence's templates are ours. Pure. */
import type { TemplatePlace } from '../contract';
import type { InstalledTemplate } from './model';

/** Templates an installation keeps at most: each stands in the settings, which every call reads. */
export const INSTALLED_AT_MOST = 60;

export const samePlace = (a: TemplatePlace, b: TemplatePlace): boolean => a.template === b.template && a.lang === b.lang && a.spaceKey === b.spaceKey;
export const installedAt = (all: readonly InstalledTemplate[], of: TemplatePlace): InstalledTemplate | null => all.find((one) => samePlace(one, of)) ?? null;

interface Found {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly board: 'ours' | 'other' | 'none';
}
interface Ours {
  /** The id that was kept; null: none is known. */
  readonly known: string | null;
  readonly name: string;
  readonly description: string;
}
/**
 * The one that is known, whatever it is called by now, and those of its name and description that have our board or lost it:
 * somebody died over them, or they are of an earlier installation. What people made of ours has a name of its own and is
 * theirs; a board of another environment is that one's. Oldest first, the known one before all.
 */
export function oursAmong<T extends Found>(found: readonly T[], { known, name, description }: Ours): readonly T[] {
  const isOurs = (one: T): boolean => one.id === known || (one.name === name && one.description === description && one.board !== 'other');
  const age = ({ id }: T): number => (id === known ? -1 : Number(id));
  return found.filter(isOurs).sort((a, b) => age(a) - age(b));
}
