import { createHash } from 'node:crypto';
import { kvs } from '@forge/kvs';
import * as z from 'zod';
import type { PageTemplateId } from '../../contract';
import { AppFailure } from '../../domain/failure';
import type { EnteredSecret, Settings, WebhookSecret } from '../../domain/model';
import { ANY, GROUPING, ONCE } from '../../domain/rules';
import { ROLES, SCHEME } from '../../domain/scheme';
import { CHANGED_FIELDS } from '../../domain/settings-changes';
import { FIRST_WEBHOOK } from '../../domain/webhook';
import { FIRST_SECRETS, secretName } from '../../domain/secrets';
import type { SettingsStore } from '../../ports';
import { makeRow, readRow, reading, removeRow, replaceRow, writing, type Row } from './storage';

const KEY = 'settings';
const SCHEMA = 5;
const lang = z.enum(['ja', 'en']);
const status = z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']);
const severity = z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']);
const kind = z.enum(['incident', 'drill', 'near-miss']);
const builtIn = z.enum(['incident', 'short', 'security', 'drill', 'postmortem', 'whys', 'communications']);
const pageTemplate = z.custom<PageTemplateId>((value) => typeof value === 'string' && /^page-\d+$/.test(value));
const template = z.union([builtIn, pageTemplate]);
const when = z.object({
  monitor: z.string().nullable(),
  type: z.string().nullable(),
  service: z.string().nullable(),
  role: z.string().nullable(),
  host: z.string().nullable(),
  statuses: z.array(status),
  name: z.string().nullable(),
  time: z.object({ days: z.array(z.number()), from: z.number(), to: z.number(), zone: z.string() }).nullable(),
});
const then = z.discriminatedUnion('action', [
  z.object({ action: z.literal('ignore') }),
  z.object({ action: z.literal('candidate'), times: z.number(), minutes: z.number() }),
  z.object({ action: z.literal('declare'), severity, kind, spaceKey: z.string().nullable(), template: template.optional() }),
  z.object({ action: z.literal('attach') }),
]);
const severityRule = z.object({ name: z.string().nullable(), description: z.string().nullable(), updateMinutes: z.number().nullable(), ticketDays: z.number(), reviewDays: z.number().nullable().optional() });
const webhookName = z.custom<WebhookSecret>((value) => typeof value === 'string' && /^webhook(-[A-Za-z0-9-]+)?$/.test(value));
const enteredName = z.custom<EnteredSecret>((value) => typeof value === 'string' && /^(api-key|slack-url)(-[A-Za-z0-9-]+)?$/.test(value));
const document = z.object({
  schema: z.literal(SCHEMA),
  conn: z.string().min(1),
  orgName: z.string().nullable(),
  apiKeyLast4: z.string().nullable(),
  canWrite: z.boolean().nullable(),
  services: z.array(z.object({ name: z.string(), spaceKey: z.string(), lang, parent: z.object({ id: z.string(), title: z.string() }).nullable() })),
  rules: z.array(z.object({ id: z.string(), name: z.string(), when, then })),
  fallback: z.enum(['ignore', 'candidate']),
  grouping: z.object({ by: z.enum(['service', 'role']), monitorMinutes: z.number(), flapMinutes: z.number() }),
  slackConfigured: z.boolean(),
  writes: z.object({ enabled: z.boolean(), group: z.string().nullable() }),
  groups: z.object({ declare: z.string().nullable(), settings: z.string().nullable() }),
  scheme: z.object({
    severities: z.object({ sev1: severityRule, sev2: severityRule, sev3: severityRule, sev4: severityRule }),
    roles: z.object({ standard: z.array(z.enum(ROLES)), named: z.array(z.string()) }),
  }),
  tickets: z.object({ projectId: z.string(), projectKey: z.string(), projectName: z.string(), issueTypeId: z.string(), issueTypeName: z.string() }).nullable(),
  webhook: z.object({ channelId: z.string().nullable(), secret: webhookName, old: z.array(z.object({ name: webhookName, until: z.number() })), rotatedAt: z.number().nullable() }),
  // Documents from before templates could be chosen say nothing of them.
  templates: z.array(z.object({ kind: kind.nullable(), severity: severity.nullable(), service: z.string().nullable(), template })).default([]),
  // Documents from before pages could be templates name none.
  pageTemplates: z.array(z.object({ id: pageTemplate, pageId: z.string(), version: z.number(), name: z.string(), by: z.string(), at: z.number() })).default([]),
  // Documents from before templates could be installed in Confluence say nothing of them.
  installed: z.array(z.object({ template: builtIn, lang, spaceKey: z.string().nullable(), id: z.string(), structure: z.string(), by: z.string(), at: z.number() })).default([]),
  // Documents from before secrets had names of their own have the first ones.
  secrets: z.object({ apiKey: enteredName, slackUrl: enteredName, gone: z.array(enteredName) }).default({ ...FIRST_SECRETS, gone: [] }),
  settled: z.array(z.enum(['key', 'webhook', 'services', 'rules', 'tickets', 'slack', 'sample'])).exactOptional(),
  change: z
    .object({ n: z.number(), at: z.number(), by: z.string(), changed: z.array(z.object({ field: z.enum(CHANGED_FIELDS), before: z.string().nullable(), after: z.string().nullable() })) })
    .exactOptional(),
}) satisfies z.ZodType<Settings>;

const oldRule = z.object({ service: z.string().nullable(), status: status.nullable(), action: z.enum(['ignore', 'candidate', 'declare']), severity });
function upgradedRule(old: z.output<typeof oldRule>, index: number): Settings['rules'][number] {
  const one = { id: `rule-${index + 1}`, name: '', when: { ...ANY, service: old.service, statuses: old.status === null ? [] : [old.status] } };
  if (old.action === 'declare') return { ...one, then: { action: 'declare', severity: old.severity, kind: 'incident', spaceKey: null } };
  return { ...one, then: old.action === 'ignore' ? { action: 'ignore' } : ONCE };
}

/** Schema 1 never wrote to Mackerel, schema 2 knew no tickets, schema 3 rules of service and status only, grouping by service and one webhook secret. */
function upgradedTo4(doc: unknown): unknown {
  const old = z.looseObject({ schema: z.union([z.literal(1), z.literal(2), z.literal(3)]), rules: z.array(oldRule) }).safeParse(doc);
  if (!old.success) return doc;
  const { data } = old;
  const writes = data.schema === 1 ? { writes: { enabled: false, group: null } } : {};
  const tickets = data.schema === 3 ? {} : { tickets: null };
  return { ...data, ...writes, ...tickets, schema: 4, rules: data.rules.map(upgradedRule), fallback: 'candidate', grouping: GROUPING, webhook: FIRST_WEBHOOK };
}
/** Schema 4 made pages at the root of their space, let everybody with the rights in Confluence declare, and had severities and roles built in. */
function upgraded(doc: unknown): unknown {
  const old = z.looseObject({ schema: z.literal(4), services: z.array(z.looseObject({})) }).safeParse(upgradedTo4(doc));
  if (!old.success) return doc;
  return { ...old.data, schema: SCHEMA, services: old.data.services.map((service) => ({ ...service, parent: null })), groups: { declare: null, settings: null }, scheme: SCHEME };
}

/** Why they are not read. Says which place is wrong and never what stands there. */
function refusal(doc: unknown, { issues: [issue] }: z.ZodError): AppFailure {
  const { schema } = z.looseObject({ schema: z.number() }).catch({ schema: 0 }).parse(doc);
  if (schema > SCHEMA) return new AppFailure('internal', 'error.settings-newer', { theirs: schema, ours: SCHEMA });
  return new AppFailure('internal', 'error.settings-damaged', { where: issue === undefined || issue.path.length === 0 ? 'schema' : issue.path.join('.') });
}

interface SettingsRow extends Row {
  readonly kind: 'settings';
}

export function createSettingsStore(): SettingsStore {
  const store: SettingsStore = {
    async load() {
      const row = await readRow<SettingsRow>('cell', KEY);
      if (row === null) return null;
      const parsed = document.safeParse(upgraded(row.doc));
      // Nobody learns its `ver`, so nobody can overwrite it.
      if (!parsed.success) throw refusal(row.doc, parsed.error);
      return { ver: row.ver, value: parsed.data };
    },
    save(settings, ver) {
      const row: SettingsRow = { kind: 'settings', ver: (ver ?? 0) + 1, doc: settings };
      return ver === null ? makeRow('cell', KEY, row) : replaceRow('cell', KEY, row, ver);
    },
    async secret(name) {
      return (await reading(() => kvs.getSecret<string>(`secret:${name}`))) ?? null;
    },
    async entered(kind) {
      // Replaced between the two readings it is gone under the name read first.
      for (let look = 0; look < 2; look += 1) {
        const row = await store.load();
        const value = row === null ? null : await store.secret(row.value.secrets[kind]);
        if (row === null || value !== null) return value;
      }
      return null;
    },
    nameFor: (kind, value, ver) => secretName(kind, createHash('sha256').update(`${ver}\n${value}`).digest('hex').slice(0, 16)),
    async setSecret(name, value) {
      await writing(() => (value === null ? kvs.deleteSecret(`secret:${name}`) : kvs.setSecret(`secret:${name}`, value)));
    },
    remove: () => removeRow('cell', KEY),
  };
  return store;
}
