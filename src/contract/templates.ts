/** What a new incident page consists of, and how it is chosen. */
import type { IncidentKind, Lang, PersonRef, Severity } from './words';

/** `incident`: respond, review, improve. */
export type BuiltInTemplate = 'incident' | 'short' | 'security' | 'drill' | 'postmortem' | 'whys' | 'communications';
/** A Confluence page that administrators made a template, by the page's id. */
export type PageTemplateId = `page-${string}`;
export type TemplateId = BuiltInTemplate | PageTemplateId;
/** Enough of a page template to offer it. */
export interface PageTemplateRef {
  readonly id: PageTemplateId;
  /** The page's title at that version. */
  readonly name: string;
}
export interface PageTemplateView extends PageTemplateRef {
  readonly pageId: string;
  /** null: the caller does not see the page. */
  readonly url: string | null;
  /** The page's version that new pages are made from. */
  readonly version: number;
  /** The page's present version; null: the page is gone or hidden from the app, and the built-in template is used in its place. */
  readonly newest: number | null;
  /** Rules and lines of the settings that name it. */
  readonly used: number;
  /** Who chose this version, and when (epoch ms). */
  readonly by: PersonRef;
  readonly at: number;
}
export interface PageTemplatesView {
  readonly pages: readonly PageTemplateView[];
  /** Of the settings, which keep them. */
  readonly version: number;
}
/** What filling in the variables of an incident's page once more would change. */
export interface PageRefreshView {
  /** The page's present version. */
  readonly version: number;
  readonly lang: Lang;
  /** Somebody's changes wait to be published: nothing is written before that. */
  readonly isDrafted: boolean;
  readonly changes: readonly { readonly was: readonly PreviewLine[]; readonly now: readonly PreviewLine[] }[];
  /** What people wrote there or took away; it stays, though it would read so today. */
  readonly kept: readonly (readonly PreviewLine[])[];
}
/** What pages made from a page would hold, on sample data. */
export interface PageTemplateLook {
  readonly pageId: string;
  readonly title: string;
  readonly url: string;
  readonly version: number;
  readonly lang: Lang;
  readonly lines: readonly PreviewLine[];
  /** Variables nobody knows, as written: they stay as they are. */
  readonly unknown: readonly string[];
  /** Kinds of ADF nodes that cannot stand on another page. */
  readonly leftOut: readonly string[];
}
/** One line of the settings' table; null: any. The first that fits decides. */
export interface TemplateChoice {
  readonly kind: IncidentKind | null;
  readonly severity: Severity | null;
  readonly service: string | null;
  readonly template: TemplateId;
}
/** One of our templates, and where in Confluence it stands. */
export interface TemplatePlace {
  readonly template: BuiltInTemplate;
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
  /** Account ids of whom it mentions; absent: nobody. */
  readonly people?: readonly string[];
}
