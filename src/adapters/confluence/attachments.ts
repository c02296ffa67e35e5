/** Files of frozen values on a page. Written by v1, which alone takes files; listed by v2. */
import { createHash } from 'node:crypto';
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import type { Actor, AttachedNow, EvidenceFiles } from '../../ports';
import { ask, read } from './http';
import { ownAccount } from './own-account';

const APP: Actor = { as: 'app' };
const LISTED = 250;
const attached = z.object({ results: z.array(z.object({ id: z.string(), version: z.object({ number: z.number().int() }) })).min(1) });
const single = z.object({ id: z.string(), version: z.object({ number: z.number().int(), authorId: z.string().nullish(), createdAt: z.string() }) });
const listed = z.object({ results: z.array(single), _links: z.object({ next: z.string().nullish() }).nullish() });

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The platform's own encoder; text stays text, for the runtime takes strings on every path. */
async function encoded(name: string, mediaType: string, data: string | Uint8Array<ArrayBuffer>): Promise<{ readonly body: string | ArrayBuffer; readonly headers: Readonly<Record<string, string>> }> {
  const form = new FormData();
  form.append('file', new File([data], name, { type: mediaType }));
  form.append('minorEdit', 'true');
  const made = new Response(form);
  return { body: typeof data === 'string' ? await made.text() : await made.arrayBuffer(), headers: { 'content-type': made.headers.get('content-type') ?? '', 'X-Atlassian-Token': 'nocheck' } };
}

const isMissing = (status: number): boolean => status === 404 || status === 403;

export function createEvidenceFiles(): EvidenceFiles {
  /** Bytes of one version; Confluence leads to where they are, and the platform follows. null: not there. */
  const download = async (pageId: string, id: string, version: number): Promise<Uint8Array | null> => {
    const answer = await ask(APP, route`/wiki/rest/api/content/${pageId}/child/attachment/${id}/download?version=${version}`);
    if (isMissing(answer.status) || answer.status === 400) return null;
    if (!answer.ok) throw new AppFailure('internal');
    return answer.bytes;
  };
  return {
    async attach(pageId, { name, mediaType, data }) {
      const answer = await ask(APP, route`/wiki/rest/api/content/${pageId}/child/attachment`, { method: 'PUT', encoded: await encoded(name, mediaType, data) });
      if (!answer.ok) throw new AppFailure('page-refused');
      const [file] = read(attached, answer).results;
      return { id: file?.id ?? '', version: file?.version.number ?? 1, name, sha256: sha256(data), bytes: Buffer.byteLength(data) };
    },
    async read(pageId, file): Promise<AttachedNow> {
      const answer = await ask(APP, route`/wiki/api/v2/attachments/${file.id}`);
      if (isMissing(answer.status)) return { bytes: null, replaced: null, gone: true };
      const { version } = read(single, answer);
      const as = async (number: number): Promise<Uint8Array | null> => {
        const found = await download(pageId, file.id, number);
        return found !== null && sha256(found) === file.sha256 ? found : null;
      };
      const current = await as(version.number);
      const bytes = current ?? (version.number === file.version ? null : await as(file.version));
      // Two runs at once may have written the same file one after the other: then it is the app's own.
      const isOurs = current !== null || (version.number !== file.version && version.authorId === (await ownAccount()));
      return { bytes, replaced: isOurs ? null : { by: version.authorId ?? null, at: Date.parse(version.createdAt) }, gone: false };
    },
    async now(pageId) {
      const own = await ownAccount();
      const found = new Map<string, { version: number; by: string | null; at: number }>();
      const answer = await ask(APP, route`/wiki/api/v2/pages/${pageId}/attachments?limit=${LISTED}`);
      if (isMissing(answer.status)) return found;
      for (const { id, version } of read(listed, answer).results) found.set(id, { version: version.number, by: version.authorId === own ? null : (version.authorId ?? null), at: Date.parse(version.createdAt) });
      return found;
    },
  };
}
