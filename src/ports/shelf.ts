import type { TemplatePlace } from '../contract';

/** A template as Confluence has it. */
export interface ShelvedTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The board that stands in it: this app's, one of another app or environment, or none. */
  readonly board: 'ours' | 'other' | 'none';
}
/** Confluence's own templates, behind its Create button; always asked as the calling user. */
export interface TemplateShelf {
  /** What it is called. */
  title(of: TemplatePlace): { readonly name: string; readonly description: string };
  /** Another text whenever something else would be written. */
  structure(of: TemplatePlace): string;
  /** Those of a space (null: of the whole site); null: the caller sees no such place. */
  list(spaceKey: string | null): Promise<readonly ShelvedTemplate[] | null>;
  /**
   * Makes one, or writes over the one of this id. Answers its id.
   * @throws AppFailure forbidden: the caller does not administer the place; page-refused: Confluence takes no such template
   */
  write(of: TemplatePlace, id: string | null): Promise<string>;
  /** As Confluence has it now; null: gone or hidden. */
  get(id: string): Promise<ShelvedTemplate | null>;
  /** False: it is gone already, or the caller may not. */
  remove(id: string): Promise<boolean>;
}
