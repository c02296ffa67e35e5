/** What a new incident page consists of, and how it is chosen. */
import type { IncidentKind, Lang, PersonRef, Severity } from './words';

/** `incident`: respond, review, improve. */
export type TemplateId = 'incident' | 'short' | 'security' | 'drill' | 'postmortem' | 'whys' | 'communications';
/** One line of the settings' table; null: any. The first that fits decides. */
export interface TemplateChoice {
  readonly kind: IncidentKind | null;
  readonly severity: Severity | null;
  readonly service: string | null;
  readonly template: TemplateId;
}
/** One of our templates, and where in Confluence it stands. */
export interface TemplatePlace {
  readonly template: TemplateId;
  readonly lang: Lang;
  /** null: for the whole site. */
  readonly spaceKey: string | null;
}
export interface InstalledTemplateView extends TemplatePlace {
  /** `outdated`: the app would write something else by now, or its board was taken out; `hidden`: the caller does not see the place. */
  readonly state: 'there' | 'outdated' | 'gone' | 'hidden';
  /** Who wrote it last, and when (epoch ms). */
  readonly by: PersonRef;
  readonly at: number;
}
export interface InstalledTemplatesView {
  /** Newest first. */
  readonly installed: readonly InstalledTemplateView[];
  /** Of the settings, which say what is installed. */
  readonly version: number;
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
