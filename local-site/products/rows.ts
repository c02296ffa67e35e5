/** Rows as they are stored. Times are epoch ms. */

export type PageStatus = 'current' | 'trashed' | 'draft';
export interface PageRow {
  readonly id: number;
  readonly space_id: number;
  readonly parent_id: number | null;
  readonly position: number;
  readonly status: PageStatus;
  readonly title: string;
  /** The title as clashes are found: lower case. */
  readonly title_key: string;
  readonly adf: string;
  readonly author_id: string;
  readonly created_at: number;
  readonly version: number;
  readonly version_by: string;
  readonly version_at: number;
  readonly version_message: string;
}
export interface SpaceRow {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly lang: 'ja' | 'en';
  readonly homepage_id: number;
  readonly created_at: number;
}
export interface VersionRow {
  readonly number: number;
  readonly title: string;
  readonly adf: string;
  readonly by: string;
  readonly at: number;
  readonly message: string;
}
export interface DraftRow {
  readonly page_id: number;
  readonly title: string;
  readonly adf: string;
  readonly base_version: number;
  readonly by: string;
  readonly at: number;
}
export interface PropertyRow {
  readonly id: number;
  readonly page_id: number;
  readonly key: string;
  /** JSON text. */
  readonly value: string;
  readonly version: number;
  readonly by: string;
  readonly at: number;
  readonly message: string;
}
export interface LabelRow {
  readonly id: number;
  readonly prefix: string;
  readonly name: string;
}
/** One version of a file. Contents are text: nothing else is taken. */
export interface AttachmentRow {
  readonly id: number;
  readonly page_id: number;
  readonly name: string;
  readonly number: number;
  readonly media_type: string;
  /** Bytes where it is no text. */
  readonly data: string | Uint8Array;
  readonly comment: string;
  readonly by: string;
  readonly at: number;
}
export interface TemplateRow {
  readonly id: number;
  /** null: a global template. */
  readonly space_id: number | null;
  readonly name: string;
  readonly description: string;
  readonly adf: string;
  /** JSON list. */
  readonly labels: string;
  /** Who wrote it last, and when. */
  readonly by: string;
  readonly at: number;
}
