/** Names of the secrets administrators enter, and how one takes the place of another. Pure. */
import type { EnteredSecret, SecretNames } from './model';

export const FIRST_SECRETS: SecretNames = { apiKey: 'api-key', slackUrl: 'slack-url', gone: [] };
export const KINDS = ['apiKey', 'slackUrl'] as const;
export type SecretKind = (typeof KINDS)[number];
/** The name of a kind's secret that `mark` tells from those before it. */
export const secretName = (kind: SecretKind, mark: string): EnteredSecret => `${kind === 'apiKey' ? 'api-key' : 'slack-url'}-${mark}`;

/** The names after `fresh` ones took the place of those before, which are gone. */
export function renamed(names: SecretNames, fresh: Readonly<Partial<Record<SecretKind, EnteredSecret>>>): SecretNames {
  const { apiKey, slackUrl } = { ...names, ...fresh };
  return { apiKey, slackUrl, gone: [names.apiKey, names.slackUrl].filter((name) => name !== apiKey && name !== slackUrl) };
}
