import type { FetchMethod } from '@forge/api';
import { alertImageUrl } from '../../domain/links';
import { pngSize } from '../../domain/png';
import type { AlertImages } from '../../ports';

const TIMEOUT_MS = 4_000;
const BYTES_MAX = 1_000_000;

/** Asks Mackerel's own host alone: no redirect is followed. What it calls itself counts for nothing, its bytes decide. */
export function createAlertImages(fetch: FetchMethod): AlertImages {
  return {
    async read(name) {
      try {
        const answer = await fetch(alertImageUrl(name), { headers: { accept: 'image/png' }, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
        if (answer.status !== 200 || Number(answer.headers.get('content-length') ?? 0) > BYTES_MAX) return null;
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return bytes.byteLength <= BYTES_MAX && pngSize(bytes) !== null ? bytes : null;
      } catch {
        return null;
      }
    },
  };
}
