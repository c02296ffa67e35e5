import { fetch } from '@forge/api';
import { isSlackUrl } from '../domain/links';
import type { Notifier } from '../ports';

const TIMEOUT_MS = 10_000;

/** Slack reads `<!channel>` and links out of these three characters. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Sends to one incoming webhook; null when `url` is none. */
export function createSlackNotifier(url: string): Notifier | null {
  if (!isSlackUrl(url)) return null;
  return {
    async send(text) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ text: escaped(text), unfurl_links: false }),
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (response.ok) return 'ok';
        return response.status === 429 || response.status >= 500 ? 'retry' : 'gone';
      } catch {
        return 'retry';
      }
    },
  };
}
