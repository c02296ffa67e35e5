import * as z from 'zod';
import type { Lang } from '../contract';
import { atWorst } from '../domain/alert';
import type { AlertRecord, Incident } from '../domain/model';
import type { Ports } from '../ports';
import { pageClaim, type AlertClaim } from '../usecases/claims';
import { logFailure } from './as-result';
import { compose } from './compose';

/** The page's own id, wherever this platform version puts it; nothing else of the payload is used. */
const payloadSchema = z.object({
  context: z.object({ extension: z.object({ content: z.object({ id: z.union([z.string(), z.number()]) }) }) }),
});
const ROWS = 100;

interface AdfNode {
  readonly type: string;
  readonly attrs?: Record<string, unknown>;
  readonly content?: readonly AdfNode[];
  readonly text?: string;
}
interface AdfDoc {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

const text = (value: string): AdfNode => ({ type: 'text', text: value });
const paragraph = (value: string): AdfNode => ({ type: 'paragraph', content: value === '' ? [] : [text(value)] });
const cell = (type: 'tableHeader' | 'tableCell', value: string): AdfNode => ({ type, attrs: {}, content: [paragraph(value)] });
const row = (type: 'tableHeader' | 'tableCell', values: readonly string[]): AdfNode => ({ type: 'tableRow', content: values.map((value) => cell(type, value)) });

/** With its offset, so that a printed page needs no viewer's zone. */
function stamp(at: number | null, lang: Lang): string {
  if (at === null) return '';
  const zone = lang === 'ja' ? 'Asia/Tokyo' : 'UTC';
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
  return `${parts} ${lang === 'ja' ? '+09:00' : 'UTC'}`;
}

function alertRow(ports: Ports, lang: Lang, alert: AlertRecord): AdfNode {
  const { value, threshold } = atWorst(alert);
  return row('tableCell', [
    ports.texts.say(lang, `alert.status.${alert.status}`),
    alert.monitorName,
    alert.host?.name ?? '',
    [value ?? '', threshold === null ? '' : `${alert.operator ?? ''} ${threshold}`].join(' ').trim(),
    stamp(alert.openedAt, lang),
    stamp(alert.closedAt, lang),
  ]);
}

function facts(ports: Ports, incident: Incident): AdfDoc {
  const { head } = incident;
  const say = (key: string, params = {}): string => ports.texts.say(head.lang, key, params);
  const alerts = Object.values(incident.alerts).sort((a, b) => a.openedAt - b.openedAt);
  const summary = say('export.summary', { key: head.key, title: head.title, severity: say(`severity.${head.severity}`), status: say(`status.${head.status}`) });
  const times = [
    ['export.detected', head.detectedAt], ['export.declared', head.declaredAt], ['export.responded', head.firstResponse?.at ?? null], ['export.mitigated', head.mitigatedAt], ['export.resolved', head.resolvedAt], ['export.closed', head.closedAt],
  ] as const;
  const heads = ['export.state', 'export.monitor', 'export.host', 'export.value', 'export.opened', 'export.recovered'].map((key) => say(key));
  const table: AdfNode = { type: 'table', content: [row('tableHeader', heads), ...alerts.slice(0, ROWS).map((alert) => alertRow(ports, head.lang, alert))] };
  const left = alerts.length > ROWS ? [paragraph(say('export.more', { n: alerts.length - ROWS }))] : [];
  return {
    type: 'doc',
    version: 1,
    content: [
      paragraph(summary),
      paragraph(times.filter(([, at]) => at !== null).map(([key, at]) => `${say(key)} ${stamp(at, head.lang)}`).join(' / ')),
      ...(alerts.length === 0 ? [] : [table, ...left]),
      paragraph(say('export.as-of', { at: stamp(ports.clock.now(), head.lang) })),
    ],
  };
}

async function incidentAt(ports: Ports, raw: unknown): Promise<Incident | null> {
  const parsed = payloadSchema.safeParse(raw);
  const settings = await ports.settings.load();
  if (!parsed.success || settings === null) return null;
  const pageId = String(parsed.data.context.extension.content.id);
  const claim = await ports.claims.get<AlertClaim>(pageClaim(settings.value.conn, pageId));
  const incident = claim === null ? null : await ports.incidents.load(claim.incidentId);
  return incident?.head.page?.id === pageId ? incident : null;
}

/**
 * What PDF, Word and page history show in place of the board. Facts stand only on the incident's own page, whose readers
 * Confluence has already checked; elsewhere one neutral line. Mackerel is never called.
 */
export async function adfExport(payload: unknown): Promise<AdfDoc> {
  const { ports } = compose();
  try {
    const incident = await incidentAt(ports, payload);
    if (incident !== null) return facts(ports, incident);
  } catch (error) {
    logFailure('adf-export', error);
  }
  const neutral = `${ports.texts.say('en', 'export.elsewhere')} / ${ports.texts.say('ja', 'export.elsewhere')}`;
  return { type: 'doc', version: 1, content: [paragraph(neutral)] };
}
