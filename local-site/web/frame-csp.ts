/** The Content-Security-Policy Atlassian's CDN would send with a page of the app. */
import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';
import type { SiteUrls } from '../site-deps';

type Services = ConstructorParameters<typeof CSPProcessingService>;
type Permissions = Parameters<CSPProcessingService['getCspDetails']>[1];
type Yaml = Record<string, unknown>;
const object = (value: unknown): Yaml => (typeof value === 'object' && value !== null ? (value as Yaml) : {});

const processing = new CSPProcessingService({ info() {} } as unknown as Services[0], load as unknown as Services[1]);
const injection = new CSPInjectionService();

/** The policy for one html page; violations are reported to the frames' own origin, never to Atlassian. */
export function frameCsp(html: string, permissions: unknown, remotes: unknown, urls: SiteUrls): string {
  const existingCSPDetails = processing.getCspDetails(html, withAddresses(permissions, remotes) as Permissions);
  const parts = injection.getInjectableCSP({ existingCSPDetails, microsEnv: 'prod' as never, hostname: urls.site });
  const kept = parts.filter((part) => !part.startsWith('report-uri'));
  return [...kept, `report-uri ${urls.app}/__csp-report`].join('; ');
}

/** The library knows addresses only: remotes are replaced by their base URL. */
function withAddresses(permissions: unknown, remotes: unknown): unknown {
  const known = new Map((Array.isArray(remotes) ? remotes : []).map((remote) => [object(remote)['key'], object(remote)['baseUrl']]));
  const address = (rule: unknown): unknown => (typeof rule === 'string' ? rule : (object(rule)['address'] ?? known.get(object(rule)['remote'])));
  const addresses = (rules: unknown): unknown => (Array.isArray(rules) ? rules.map(address) : rules);
  const { content, external } = object(permissions);
  const mapped = Object.fromEntries(
    Object.entries(object(external)).map(([kind, rules]) => [kind, kind === 'fetch' ? { client: addresses(object(rules)['client']) ?? [] } : addresses(rules)]),
  );
  return { content, external: mapped };
}
