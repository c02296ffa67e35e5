/** Reports of an incident, made of its whole record for whoever may see it. Nothing is kept of what was typed. */
import type { ReportBlock, ReportInput, ReportView } from '../contract';
import { notFound } from '../domain/failure';
import type { Incident, IncidentHead } from '../domain/model';
import { nextNumber, versionViews } from '../domain/published';
import { reportOf, written, type Report } from '../domain/report';
import { named } from '../domain/scheme';
import { plainLine, plainText } from '../domain/text';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { entriesSince } from './entry-views';
import { configured, proveIncident } from './prove';
import { publishedReports } from './published';

export interface Drawn extends Report {
  /** As they leave. */
  readonly sent: readonly ReportBlock[];
  /** Of what the record gives, whatever was typed. */
  readonly seen: string;
}

/** `edition`: the number it would have as a page. */
export async function drawReport(ports: Ports, incident: Incident, p: ReportInput, edition: number): Promise<Drawn> {
  const { scheme } = await configured(ports);
  const texts = named(ports.texts, scheme);
  const { form, lang, zone, choices } = p;
  const edits = Object.fromEntries(Object.entries(p.edits).flatMap(([field, text]) => (text === undefined ? [] : [[field, plainText(text)]])));
  const facts = { incident, entries: entriesSince(incident, 0), form, lang, zone, choices, edition, now: ports.clock.now(), say: (key: string, params?: Readonly<Record<string, string | number>>) => texts.say(lang, key, params) };
  const given = reportOf({ ...facts, edits: {} });
  const report = reportOf({ ...facts, edits });
  return { ...report, sent: written(report.blocks), seen: ports.reports.sha256(JSON.stringify(given.blocks)) };
}

/** Why this person cannot make a page of it; null: they can. */
export function publishRefusal(head: IncidentHead, canEdit: boolean): string | null {
  if (head.mergedInto !== undefined) return 'reports.cannot.merged';
  if (head.page === null || head.page.state !== 'current') return 'reports.cannot.page';
  return canEdit ? null : 'reports.cannot.view';
}

/** Characters that some file system does not take, and blanks. */
const UNSAFE = /[\\/:*?"<>|\s.,]+/g;

export async function loadReport(ports: Ports, caller: Caller, p: ReportInput & { readonly draft: boolean }): Promise<ReportView> {
  const { head, canEdit } = await proveIncident(ports, caller, p.incidentId);
  const incident = await ports.incidents.load(p.incidentId);
  if (incident === null) throw notFound();
  const all = await publishedReports(ports, p.incidentId);
  const { blocks, timeline, sent, seen } = await drawReport(ports, incident, p, nextNumber(all));
  const fileName = plainLine(`${ports.texts.say(p.lang, `report.title.${p.form}`)} ${head.key}`, 100).replace(UNSAFE, '_');
  const columns = ['time', 'by', 'event', 'link'].map((name) => ports.texts.say(p.lang, `report.${name}`));
  return { blocks: p.draft ? blocks : sent, columns, timeline, seen, adf: p.draft ? null : ports.reports.adf(sent, null), fileName, published: versionViews(all), refusal: publishRefusal(head, canEdit) };
}
