/** Pages made of every template, with everything known, with nothing, and with hostile words; each looked at by ADF's schema. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv-draft-04';
import type { MacroIdentity } from '../../src/adapters/confluence/template/board-node';
import { incidentPage } from '../../src/adapters/confluence/template/page';
import { TEMPLATES } from '../../src/adapters/confluence/template/parts';
import { createTexts } from '../../src/adapters/texts';
import type { BuiltInTemplate, Lang } from '../../src/contract';
import type { AlertRecord } from '../../src/domain/model';
import { SCHEME } from '../../src/domain/scheme';
import type { PageFacts } from '../../src/ports';

const schema = JSON.parse(readFileSync(require.resolve('@atlaskit/adf-schema/json-schema/v1/full.json'), 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);
export const texts = createTexts();
export const AT = Date.UTC(2026, 10, 23, 14, 4, 5);
export const macro: MacroIdentity = { appId: '6f1c2d1e-5b0a-4c5e-9d52-3a7f0e9b4c11', environmentId: 'env-1', environment: 'PRODUCTION' };
export const templateIds = Object.keys(TEMPLATES) as BuiltInTemplate[];

export const alert = (id: string, more: Partial<AlertRecord> = {}): AlertRecord => ({
  id, monitorId: 'm', monitorName: 'Checkout latency', monitorType: 'host', monitorMemo: 'Look at the queue\n\nRestart the worker', host: { id: 'h1', name: 'web-1' },
  service: 'shop', metricName: 'custom.x', unit: 'milliseconds', operator: '>', warning: 500, critical: 1000, message: null, openedAt: AT, closedAt: null, reason: null,
  status: 'CRITICAL', statusAt: AT, value: 1234.5, factsAt: AT, logs: [], changes: [], links: [{ recordedAt: AT, on: true, by: null }], v: 1, ...more,
});
export const facts = (lang: Lang, alerts: readonly AlertRecord[], more: Partial<PageFacts> = {}): PageFacts => ({
  incidentId: 'i-1', nonce: 'nonce-1', key: '2026-042', title: 'Checkout is slow', lang, visibility: 'public', detectedAt: AT, declaredAt: AT + 60_000, severity: 'sev1', service: 'shop', commander: null, template: 'incident',
  alerts: Object.fromEntries(alerts.map((one) => [one.id, one])), ...more,
});

export const EVIL = `<img src=x onerror=alert(1)> \u202Etxt.exe\u202C \u05E9\u05DC\u05D5\u05DD \u200B{title} {{x}} ${'長い'.repeat(5_000)}`;
export const full = (lang: Lang, template: BuiltInTemplate): PageFacts => facts(lang, [alert('a1'), alert('a2', { host: { id: 'h2', name: 'web-2' }, openedAt: AT + 1 })], { template, commander: 'acc-alice' });
export const empty = (lang: Lang, template: BuiltInTemplate): PageFacts => facts(lang, [], { template, title: '\u200B', key: '', service: null, severity: 'pending' });
export const hostile = (lang: Lang, template: BuiltInTemplate): PageFacts =>
  facts(lang, [alert('../x', { monitorName: EVIL, monitorMemo: EVIL, message: EVIL, host: { id: '"><', name: EVIL }, service: EVIL, value: null })], { template, title: EVIL, key: EVIL, service: EVIL });

type Node = Record<string, unknown>;
/** The page made of `input`. Throws what the schema has against it. */
export function pageOf(input: PageFacts, identity = macro): { readonly json: string; readonly text: string; readonly nodes: readonly Node[] } {
  let n = 0;
  const json = JSON.stringify(incidentPage(input, identity, { texts, id: () => `id-${(n += 1)}`, org: 'acme', roles: SCHEME.roles }));
  const document = JSON.parse(json) as Node;
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors?.slice(0, 3)));
  const nodes: Node[] = [];
  const walk = (node: Node): void => {
    nodes.push(node);
    for (const child of (node['content'] as Node[] | undefined) ?? []) walk(child);
  };
  walk(document);
  return { json, text: nodes.map((node) => (typeof node['text'] === 'string' ? node['text'] : '')).join('\n'), nodes };
}
