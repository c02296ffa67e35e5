import * as z from 'zod';
import type { SchemeView } from '../contract';
import type { Incident } from '../domain/model';
import { named } from '../domain/scheme';
import { plainLine } from '../domain/text';
import type { Ports } from '../ports';
import { pageClaim, type AlertClaim } from '../usecases/claims';
import { logFailure } from './as-result';
import { compose } from './compose';
import { exportDocument, paragraph, type AdfDoc } from './export-doc';

/** The page's own id, wherever this platform version puts it; nothing else of the payload is used. */
const payloadSchema = z.object({
  context: z.object({ extension: z.object({ content: z.object({ id: z.union([z.string(), z.number()]) }) }) }),
});

async function incidentAt(ports: Ports, raw: unknown): Promise<{ readonly incident: Incident; readonly scheme: SchemeView } | null> {
  const parsed = payloadSchema.safeParse(raw);
  const settings = await ports.settings.load();
  if (!parsed.success || settings === null) return null;
  const pageId = String(parsed.data.context.extension.content.id);
  const claim = await ports.claims.get<AlertClaim>(pageClaim(settings.value.conn, pageId));
  const incident = claim === null ? null : await ports.incidents.load(claim.incidentId);
  return incident?.head.page?.id === pageId ? { incident, scheme: settings.value.scheme } : null;
}

/**
 * What PDF, Word and page history show in place of the board. Facts stand only on the incident's own page, whose readers
 * Confluence has already checked; elsewhere one neutral line. Mackerel is never called.
 */
export async function adfExport(payload: unknown): Promise<AdfDoc> {
  const { ports } = compose();
  try {
    const found = await incidentAt(ports, payload);
    if (found !== null) return exportDocument(named(ports.texts, found.scheme), found.incident, ports.clock.now(), (await ports.evidence.get(found.incident.head.id))?.value ?? null);
  } catch (error) {
    logFailure('adf-export', error);
  }
  const neutral = `${ports.texts.say('en', 'export.elsewhere')} / ${ports.texts.say('ja', 'export.elsewhere')}`;
  return { type: 'doc', version: 1, content: [paragraph(neutral)] };
}

const graphSchema = z.object({ context: z.object({ config: z.object({ metric: z.string().max(300) }) }) });

/** A graph lives on the page: its place in a printed one says which metric stands there, and Mackerel is not asked. */
export function graphExport(payload: unknown): Promise<AdfDoc> {
  const { ports } = compose();
  const parsed = graphSchema.safeParse(payload);
  const metric = parsed.success ? plainLine(parsed.data.context.config.metric, 200) : '';
  const line = `${ports.texts.say('en', 'export.graph', { metric })} / ${ports.texts.say('ja', 'export.graph', { metric })}`;
  return Promise.resolve({ type: 'doc', version: 1, content: [paragraph(line)] });
}
