/** Frozen values: what is known of them, the files they are in, and who freezes them. */
import type { Evidence, EvidenceFile } from '../domain/evidence';

export interface EvidenceStore {
  get(incidentId: string): Promise<{ readonly ver: number; readonly value: Evidence } | null>;
  /** `ver` null: must not exist yet. False: somebody else was first. */
  put(evidence: Evidence, ver: number | null): Promise<boolean>;
  /** Those whose `nextAt` has passed; may lag. */
  due(now: number, limit: number): Promise<readonly Evidence[]>;
  /** Those that were given up; may lag. */
  stuck(limit: number): Promise<readonly Evidence[]>;
}
export interface AttachedNow {
  /** null: it cannot be read any more as it was written. */
  readonly bytes: Uint8Array | null;
  /** What stands in its place now; null: nothing does. `by` null: nobody is told. */
  readonly replaced: { readonly by: string | null; readonly at: number } | null;
  readonly gone: boolean;
}
/** Files on a page, as the app. Who may see the page may see them. */
export interface EvidenceFiles {
  /**
   * Puts text or bytes there under that name; a file of the name becomes an older version of it. Notifies nobody.
   * @throws AppFailure page-refused where Confluence does not let the app
   */
  attach(pageId: string, file: { readonly name: string; readonly mediaType: string; readonly data: string | Uint8Array<ArrayBuffer> }): Promise<EvidenceFile>;
  /** That version of the file if its bytes are those that were written, and whether another stands in its place now. */
  read(pageId: string, file: EvidenceFile): Promise<AttachedNow>;
  /** Of many at once, by id: the version there is now, with who made it and when. Those that are gone are missing. */
  now(pageId: string): Promise<ReadonlyMap<string, { readonly version: number; readonly by: string | null; readonly at: number }>>;
}
/** Pictures of alerts' graphs, at the public addresses webhooks tell of. */
export interface AlertImages {
  /** null: it is not there, is no PNG, is too large, or did not come in time. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
}
export interface EvidenceQueue {
  /** Somebody freezes the incident's values after `delaySeconds`. False when the platform refused; the sweeper does it then. */
  request(incidentId: string, delaySeconds: number): Promise<boolean>;
}
