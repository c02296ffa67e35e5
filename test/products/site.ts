/** A products stand-in in memory, and calls as the people of the site. */
import Database from 'libsql';
import { createProducts } from '../../local-site/products';
import type { ProductsForWeb } from '../../local-site/products/for-web';
import type { CallLogRow, ProductCall, ProductEvent } from '../../local-site/types';
import { vendorSpecs } from '../vendor-specs';

export const OPS = '65601';
export const SRE = '65602';
export const OPEN = '65603';
export const doc = (text: string): string => JSON.stringify({ version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
export const adf = (text: string): unknown => ({ representation: 'atlas_doc_format', value: doc(text) });

export type Caller = 'admin' | 'alice' | 'bob' | 'viewer' | 'mallory' | 'anonymous' | 'app';
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are asserted field by field
  readonly json: any;
  readonly headers: Readonly<Record<string, string>>;
}
export interface TestSite {
  readonly products: ProductsForWeb;
  readonly rows: CallLogRow[];
  readonly events: ProductEvent[];
  readonly unmodelled: string[];
  as(caller: Caller, method: string, path: string, body?: unknown, via?: ProductCall['via']): Promise<Answer>;
  /** Moves the clock on, in ms. */
  pass(ms: number): void;
  /** Creates a page and returns its id. */
  page(caller: Caller, title: string, more?: { spaceId?: string; query?: string; via?: ProductCall['via'] }): Promise<string>;
}

export const APP_SCOPES = ['read:page:confluence', 'write:page:confluence', 'read:space:confluence', 'read:user:confluence', 'write:label:confluence', 'read:confluence-user', 'write:confluence-content'];
export const ALIASES = [
  {
    propertyKey: 'mackerel_incident',
    values: [
      { path: 'status', type: 'string', searchAlias: 'mackerelIncidentStatus' },
      { path: 'declaredAt', type: 'date', searchAlias: 'mackerelIncidentDeclaredAt' },
    ],
  },
];

export const ISSUE_ALIASES = [
  {
    propertyKey: 'mackerel_incident',
    values: [
      { path: 'key', type: 'string', searchAlias: 'mackerelIncidentKey' },
      { path: 'severity.rank', type: 'number', searchAlias: null },
      { path: 'declaredAt', type: 'date', searchAlias: 'mackerelDeclaredAt' },
      { path: 'note', type: 'text', searchAlias: null },
    ],
  },
];

export function testSite(options: { scopes?: readonly string[]; specsDir?: string | null; file?: string } = {}): TestSite {
  const rows: CallLogRow[] = [];
  const events: ProductEvent[] = [];
  const unmodelled: string[] = [];
  let now = Date.parse('2026-11-23T00:00:00Z');
  const products = createProducts({
    db: new Database(options.file ?? ':memory:'),
    clock: { now: () => now++ },
    baseUrl: 'http://localhost:4100',
    scopes: options.scopes ?? APP_SCOPES,
    specsDir: options.specsDir === undefined ? vendorSpecs() : options.specsDir,
    onCall: (row) => void rows.push(row),
    onUnmodelled: (what) => void unmodelled.push(what),
    onEvent: (event) => void events.push(event),
    contentProperties: ALIASES,
    issueProperties: ISSUE_ALIASES,
  });
  const site: TestSite = {
    products,
    rows,
    events,
    unmodelled,
    pass: (ms) => void (now += ms),
    async as(caller, method, path, body, via) {
      const as: ProductCall['as'] = caller === 'app' ? { type: 'app' } : caller === 'anonymous' ? { type: 'anonymous' } : { type: 'user', accountId: `acc-${caller}` };
      const answer = await products.call({
        product: path.startsWith('/rest/') ? 'jira' : 'confluence',
        as,
        via: via ?? (caller === 'app' ? 'function' : 'browser'),
        method,
        path,
        headers: body === undefined ? {} : { 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      });
      return { status: answer.status, headers: answer.headers, json: answer.body === '' ? null : JSON.parse(answer.body) };
    },
    async page(caller, title, more = {}) {
      const made = await site.as(caller, 'POST', `/wiki/api/v2/pages${more.query ?? ''}`, { spaceId: more.spaceId ?? OPS, status: 'current', title, body: adf(title) }, more.via);
      expect({ title, status: made.status, body: made.json }).toMatchObject({ title, status: 200 });
      return made.json.id as string;
    },
  };
  return site;
}
