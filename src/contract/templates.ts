/** What a new incident page consists of, and how it is chosen. */
import type { IncidentKind, Lang, Severity } from './words';

/** `incident`: respond, review, improve. */
export type TemplateId = 'incident' | 'short' | 'security' | 'drill' | 'postmortem' | 'whys' | 'communications';
/** One line of the settings' table; null: any. The first that fits decides. */
export interface TemplateChoice {
  readonly kind: IncidentKind | null;
  readonly severity: Severity | null;
  readonly service: string | null;
  readonly template: TemplateId;
}
/** A page as it would be made, reduced to its lines. */
export interface TemplatePreview {
  /** What was asked for, or what the settings choose. */
  readonly template: TemplateId;
  /** The page's language. */
  readonly lang: Lang;
  readonly lines: readonly PreviewLine[];
}
export interface PreviewLine {
  /** `row`: a table's columns, or the name of its row. */
  readonly is: 'title' | 'part' | 'text' | 'row' | 'task' | 'board';
  readonly text: string;
}
