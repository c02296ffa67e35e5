/** Addresses on Mackerel's own host; ids are Mackerel's words and are encoded. `/orgs/<org>` is unknown until a key was read. */
const HOST = 'https://mackerel.io';
const home = (org: string | null): string => (org === null ? `${HOST}/my` : `${HOST}/orgs/${encodeURIComponent(org)}`);

export function alertUrl(org: string | null, alertId: string): string {
  return `${home(org)}/alerts/${encodeURIComponent(alertId)}`;
}
export function hostUrl(org: string | null, hostId: string): string {
  return `${home(org)}/hosts/${encodeURIComponent(hostId)}`;
}

const IMAGE = /^https:\/\/mackerel\.io\/embed\/public\/alert\/([A-Za-z0-9_-]{8,200})\.png$/;
/** The name of a picture in the public address a webhook gives for it; null: it is no such address. Nothing else of it is kept. */
export const alertImageName = (url: unknown): string | null => (typeof url === 'string' ? (IMAGE.exec(url)?.[1] ?? null) : null);
export const alertImageUrl = (name: string): string => `${HOST}/embed/public/alert/${encodeURIComponent(name)}.png`;

/** Only Slack's own incoming webhooks: the address is an admin's input and must not become a way to any other host. */
export function isSlackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === 'https:' && url.host === 'hooks.slack.com' && url.username === '' && url.pathname.length > 1;
}

/** Longest address kept, after encoding. */
export const ADDRESS_MAX = 2000;
/** An address people may be sent to, in its one form: https, with a host and without credentials; null for anything else. */
export function httpsAddress(text: string): string | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const { protocol, hostname, username, password, href } = new URL(trimmed);
  return protocol === 'https:' && hostname !== '' && username === '' && password === '' ? href : null;
}
