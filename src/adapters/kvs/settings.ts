import { kvs } from '@forge/kvs';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import type { Settings } from '../../domain/model';
import type { SettingsStore } from '../../ports';
import { makeRow, readRow, reading, replaceRow, writing, type Row } from './storage';

const KEY = 'settings';
const lang = z.enum(['ja', 'en']);
const document = z.object({
  schema: z.literal(2),
  conn: z.string().min(1),
  orgName: z.string().nullable(),
  apiKeyLast4: z.string().nullable(),
  canWrite: z.boolean().nullable(),
  services: z.array(z.object({ name: z.string(), spaceKey: z.string(), lang })),
  rules: z.array(
    z.object({
      service: z.string().nullable(),
      status: z.enum(['OK', 'WARNING', 'CRITICAL', 'UNKNOWN']).nullable(),
      action: z.enum(['ignore', 'candidate', 'declare']),
      severity: z.enum(['pending', 'sev1', 'sev2', 'sev3', 'sev4']),
    }),
  ),
  slackConfigured: z.boolean(),
  writes: z.object({ enabled: z.boolean(), group: z.string().nullable() }),
}) satisfies z.ZodType<Settings>;

/** Schema 1 never wrote to Mackerel. */
function upgraded(doc: unknown): unknown {
  const old = z.looseObject({ schema: z.literal(1) }).safeParse(doc);
  return old.success ? { ...old.data, schema: 2, writes: { enabled: false, group: null } } : doc;
}

interface SettingsRow extends Row {
  readonly kind: 'settings';
}

export function createSettingsStore(): SettingsStore {
  return {
    async load() {
      const row = await readRow<SettingsRow>('cell', KEY);
      if (row === null) return null;
      const parsed = document.safeParse(upgraded(row.doc));
      // Written by a newer version or damaged: nobody learns its `ver`, so nobody can overwrite it.
      if (!parsed.success) throw new AppFailure('internal');
      return { ver: row.ver, value: parsed.data };
    },
    save(settings, ver) {
      const row: SettingsRow = { kind: 'settings', ver: (ver ?? 0) + 1, doc: settings };
      return ver === null ? makeRow('cell', KEY, row) : replaceRow('cell', KEY, row, ver);
    },
    async secret(name) {
      return (await reading(() => kvs.getSecret<string>(`secret:${name}`))) ?? null;
    },
    async setSecret(name, value) {
      await writing(() => (value === null ? kvs.deleteSecret(`secret:${name}`) : kvs.setSecret(`secret:${name}`, value)));
    },
  };
}
