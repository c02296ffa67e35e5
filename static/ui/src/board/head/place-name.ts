const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)meet\.google\.com$/, 'Meet'],
  [/(^|\.)zoom\.(us|com)$/, 'Zoom'],
  [/(^|\.)teams\.(microsoft|live)\.com$/, 'Teams'],
  [/(^|\.)webex\.com$/, 'Webex'],
  [/(^|\.)slack\.com$/, 'Slack'],
  [/(^|\.)discord\.(com|gg)$/, 'Discord'],
  [/(^|\.)chatwork\.com$/, 'Chatwork'],
];

/** What people call the service an address leads to; else its host. */
export function placeName(href: string): string {
  if (!URL.canParse(href)) return href;
  const { hostname } = new URL(href);
  return KNOWN.find(([host]) => host.test(hostname))?.[1] ?? hostname.replace(/^www\./, '');
}
