/** Reports people send of an incident, as blocks that a document, a page or a file is made from. */
import type { Lang, PersonRef } from './words';

/** To people outside: the first word, one in between, the last. `postmortem`: for the team itself. `status`: text for a status page. */
export type ReportForm = 'first' | 'update' | 'final' | 'postmortem' | 'status';
/** What leaves beside the course of the incident. What is left out is also taken out of people's words, as far as the record knows it. */
export interface ReportChoices {
  /** Who did it; else the role they had. */
  readonly people: boolean;
  /** Names and addresses of hosts. */
  readonly hosts: boolean;
  readonly links: boolean;
  /** What people wrote into the timeline. */
  readonly notes: boolean;
  /** Alerts and deploys by the names they have in Mackerel. */
  readonly alerts: boolean;
  readonly tickets: boolean;
}
/** What a person writes or corrects. */
export type ReportFieldId =
  | 'recipient' | 'number' | 'edition' | 'date' | 'reporter' | 'started' | 'recovered' | 'summary' | 'impact' | 'cause' | 'workaround' | 'fix' | 'prevention' | 'next' | 'apology' | 'well' | 'badly' | 'luck';
export type ReportEdits = { readonly [F in ReportFieldId]?: string | undefined };

/** Text may hold line breaks. `person`: an account id, whose name is looked up where it is shown. */
export type ReportInline = { readonly text: string } | { readonly person: string } | { readonly text: string; readonly link: string };
export type ReportLine = readonly ReportInline[];
/** No lines: nothing is known or written, and nothing of it stands in what is sent. */
export interface ReportFact {
  readonly field: ReportFieldId | null;
  readonly label: string;
  readonly lines: readonly ReportLine[];
}
export type ReportBlock =
  | { readonly kind: 'title' | 'heading' | 'remark'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly ReportFact[] }
  /** `heading` false: its label stands in the form only. */
  | ({ readonly kind: 'text'; readonly heading: boolean } & ReportFact)
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly ReportLine[])[] };
/** One line of the course, oldest first; `at` epoch ms. */
export interface ReportRow {
  readonly at: number;
  readonly by: ReportLine;
  readonly said: ReportLine;
  readonly link: string | null;
}

export interface ReportInput {
  readonly incidentId: string;
  readonly form: ReportForm;
  readonly lang: Lang;
  /** IANA name of the zone its times are told in. */
  readonly zone: string;
  readonly choices: ReportChoices;
  /** What was typed in place of what the record gives; empty: it is left out. */
  readonly edits: ReportEdits;
}
/** A page made of a report. It is not written again: a new one is another version. */
export interface ReportVersionView {
  /** Counts the incident's published reports from 1. */
  readonly n: number;
  readonly form: ReportForm;
  readonly lang: Lang;
  readonly title: string;
  readonly by: PersonRef;
  readonly at: number;
  readonly page: { readonly id: string; readonly url: string; readonly version: number };
  /** SHA-256 of its blocks as JSON, in hexadecimal. */
  readonly sha256: string;
}
export interface ReportView {
  /** Of a draft with the parts nobody has written yet, else without. */
  readonly blocks: readonly ReportBlock[];
  /** What `timeline` tells, in the report's language: time, by, event, link. */
  readonly columns: readonly string[];
  readonly timeline: readonly ReportRow[];
  /** Of what the record gives, whatever was typed: another one means that the record says something else by now. */
  readonly seen: string;
  /** The same blocks as a document of Confluence, as text; null: of a draft. */
  readonly adf: string | null;
  /** Without ending, safe for every file system. */
  readonly fileName: string;
  readonly published: readonly ReportVersionView[];
  /** Text key of why this person cannot make a page of it; null: they can. */
  readonly refusal: string | null;
}
