/** What was frozen of Mackerel's data, as readers of the page see it. */
import type { IncidentStatus, PersonRef } from './words';

/** Why something is not kept: it would have taken too many requests, is too large, has no values, began too long ago, there were too many alerts; a picture of an alert could not be fetched, or there were too many. */
export type LeftOutWhy = 'reads' | 'size' | 'empty' | 'older' | 'many' | 'image' | 'images';
export interface LeftOutView {
  readonly why: LeftOutWhy;
  readonly n: number;
  /** The first ten. */
  readonly names: readonly string[];
}
export interface EvidenceFileView {
  /** `picture`: drawn by the app from the values; `image`: as Mackerel drew it; `drawn`: the picture as an editor's browser drew it, no evidence by itself. */
  readonly kind: 'data' | 'picture' | 'image' | 'drawn';
  /** Whose browser drew it; null: none did. */
  readonly drawnBy: PersonRef | null;
  /** What it shows; null: what the copy is about. */
  readonly title: string | null;
  readonly name: string;
  /** Where Confluence gives it to whoever may see the page. */
  readonly url: string;
  readonly bytes: number;
  /** Hexadecimal, of the file as it was frozen. */
  readonly sha256: string;
  /** `replaced`: another file stands in its place now; `gone`: it was deleted. */
  readonly state: 'same' | 'replaced' | 'gone';
  /** Who replaced it and when; null: nobody did, or it is not told. */
  readonly by: PersonRef | null;
  readonly at: number | null;
}
export interface EvidenceCopyView {
  readonly n: number;
  readonly at: number;
  /** Who asked for it; null: it was made by itself. */
  readonly by: PersonRef | null;
  readonly phase: IncidentStatus;
  readonly alerts: number;
  /** How many metrics. */
  readonly series: number;
  readonly files: readonly EvidenceFileView[];
  readonly left: readonly LeftOutView[];
  /** Not all of it is there yet. */
  readonly underWay: boolean;
}
/** `coming`: a copy is made now; `under-way`: one was being made already; `full`: so many are kept that no more is; `nothing`: there is nothing to freeze. */
export type FreezeAnswer = 'coming' | 'under-way' | 'full' | 'nothing';
export interface EvidenceView {
  /** Newest first. */
  readonly copies: readonly EvidenceCopyView[];
  /** `due`: more will be frozen by itself. */
  readonly work: 'due' | 'rest';
  /** `page`: Confluence does not let the app attach files; `mackerel`: nothing could be read; `full`: so many copies are there that no more is kept. */
  readonly trouble: 'page' | 'mackerel' | 'full' | null;
  /** A copy is to be made now and is not among these yet; `by`: who asked for it, null: nobody did. */
  readonly coming: { readonly by: PersonRef | null } | null;
  /** Pictures that no browser has drawn yet: copy, part of it, and their size in pixels. */
  readonly toDraw: readonly (EvidencePart & { readonly width: number; readonly height: number })[];
  readonly now: number;
}
/** A part of a copy: the copy's number, and which part, from 0. */
export interface EvidencePart {
  readonly n: number;
  readonly part: number;
}
/** `kept`: it is there now; `there`: another one was there before; `coming`: another browser is at it; `none`: there is nothing to draw, or no room. */
export type DrawAnswer = 'kept' | 'there' | 'coming' | 'none';

/** Shown from what was frozen, because Mackerel has it no more. */
export interface FromEvidence {
  /** When it was frozen. */
  readonly at: number;
  /** Somebody put another file in its place since; what is shown is the one that was frozen, if it could still be read. */
  readonly replaced: { readonly by: PersonRef | null; readonly at: number } | null;
}
