/** An incident with an alert of a host, whose values are frozen and can be forgotten by Mackerel. */
import { randomUUID } from 'node:crypto';
import type { BoardView, EvidenceView, GraphView } from '../../src/contract';
import { png } from '../../local-site/mackerel/webhook/png';
import { deskOf, type Desk } from './desk';
import type { TestSite } from './harness';

export interface Watched {
  readonly desk: Desk;
  readonly alertId: string;
  readonly pageId: string;
}
export interface EvidenceRoom {
  /** Declared by a rule for an alert of that monitor and host. */
  watched(monitor?: string, host?: string): Promise<Watched>;
  graph(user: string, of: Watched): Promise<GraphView>;
  evidence(user: string, of: Watched): Promise<EvidenceView>;
  /** The alert recovers and the incident is resolved; what follows is done. */
  resolved(of: Watched): Promise<void>;
  forget(): Promise<void>;
  /** What is attached to the page, by name. */
  files(user: string, pageId: string): Promise<readonly { readonly id: string; readonly title: string; readonly version: { readonly number: number; readonly authorId: string } }[]>;
  /** Somebody puts a file there through Confluence. */
  upload(user: string, pageId: string, name: string, data: string): Promise<number>;
  download(user: string, url: string): Promise<{ readonly status: number; readonly bytes: Buffer; readonly text: string }>;
  /** What the stand-in's webhooks told of pictures, newest first, with the picture itself. */
  images(): Promise<readonly { readonly url: string; readonly png: Buffer }[]>;
}

/** A picture of that size, in base64. */
export const pngOf = (width: number, height: number): string => png(width, height, [[255, 255, 255]], new Uint8Array(width * height)).toString('base64');

export function evidenceRoom(site: TestSite): EvidenceRoom {
  const rest = (user: string, path: string, init: RequestInit = {}): Promise<Response> => fetch(`${site.site.url}${path}`, { ...init, headers: { ...(init.headers as Record<string, string>), 'x-site-user': user } });
  return {
    async watched(monitor = 'checkout p95', host = 'web-01') {
      // The site's history ends where it began; later on the host has gone on measuring.
      const headers = { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' };
      const { hosts } = (await (await fetch(`${site.site.urls.mackerel}/api/v0/hosts?name=${host}`, { headers })).json()) as { hosts: { id: string }[] };
      const minute = Math.floor(site.site.deps.clock.now() / 60_000) * 60;
      const points = Array.from({ length: 29 }, (_, n) => ({ hostId: hosts[0]?.id ?? '', name: 'custom.checkout.p95', time: minute - n * 60, value: 200 + n / 3 }));
      expect((await fetch(`${site.site.urls.mackerel}/api/v0/tsdb`, { method: 'POST', headers, body: JSON.stringify(points) })).status).toBe(200);
      const alert = await site.raise(monitor, host, 'CRITICAL', 1500);
      const board: BoardView = await site.incidentWith(alert.id);
      return { desk: deskOf(site, board.incident.id), alertId: alert.id, pageId: board.incident.page?.id ?? '' };
    },
    async graph(user, { desk, alertId }) {
      return await site.ok(user, 'board.graph', { incidentId: desk.incidentId, target: { alertId }, pass: '' });
    },
    evidence: (user, { desk }) => site.ok(user, 'board.evidence', { incidentId: desk.incidentId, pass: '' }),
    async resolved({ desk, alertId }) {
      await site.console('POST', `alerts/${alertId}/close`, {});
      await site.rest();
      await desk.press('alice', 'incident.status', { status: 'resolved', opId: randomUUID() });
      await site.rest();
    },
    forget: async () => void (await site.console('POST', 'forget', {})),
    async files(user, pageId) {
      const answer = await rest(user, `/wiki/api/v2/pages/${pageId}/attachments`);
      expect(answer.status).toBe(200);
      return ((await answer.json()) as { results: never[] }).results;
    },
    async upload(user, pageId, name, data) {
      const form = new FormData();
      form.append('file', new File([data], name, { type: 'application/json' }));
      form.append('minorEdit', 'true');
      return (await rest(user, `/wiki/rest/api/content/${pageId}/child/attachment`, { method: 'PUT', body: form, headers: { 'X-Atlassian-Token': 'nocheck' } })).status;
    },
    async download(user, url) {
      const answer = await fetch(url, { headers: { 'x-site-user': user } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, bytes, text: bytes.toString('utf8') };
    },
    async images() {
      const { deliveries } = await site.console<{ deliveries: { event: string; payload: { imageUrl: string | null } }[] }>('GET', 'deliveries');
      const urls = deliveries.flatMap(({ event, payload }) => (event === 'alert' && payload.imageUrl !== null ? [payload.imageUrl] : []));
      return await Promise.all(urls.map(async (url) => ({ url, png: Buffer.from(await (await fetch(`${site.site.urls.mackerel}${new URL(url).pathname}`)).arrayBuffer()) })));
    },
  };
}
