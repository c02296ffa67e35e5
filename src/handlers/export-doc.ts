/** The incident as a plain document: what stands in a PDF, a Word file or the page's history in place of the board. */
import type { EntryView, Lang } from '../contract';
import { atWorst } from '../domain/alert';
import { linkedAlerts } from '../domain/alert-record';
import type { AlertRecord, Incident } from '../domain/model';
import { FORMER_USER } from '../domain/personal-data';
import { saidLine, stampIn } from '../domain/report-lines';
import type { Evidence } from '../domain/evidence';
import type { Texts } from '../ports';
import { entriesSince } from '../usecases/entry-views';

const ALERTS = 100;
const ENTRIES = 300;
const SERIES = 60;

export interface AdfNode {
  readonly type: string;
  readonly attrs?: Record<string, unknown>;
  readonly content?: readonly AdfNode[];
  readonly text?: string;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Record<string, unknown> }[];
}
export interface AdfDoc {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

const text = (value: string): AdfNode => ({ type: 'text', text: value });
const words = (value: string): readonly AdfNode[] => (value === '' ? [] : [text(value)]);
/** Confluence writes the name; it is not stored and not looked up here. */
const mention = (accountId: string): AdfNode => ({ type: 'mention', attrs: { id: accountId, text: '' } });
export const paragraph = (value: string | readonly AdfNode[]): AdfNode => ({ type: 'paragraph', content: typeof value === 'string' ? words(value) : value });
const heading = (value: string): AdfNode => ({ type: 'heading', attrs: { level: 3 }, content: [text(value)] });
const cell = (type: 'tableHeader' | 'tableCell', content: readonly AdfNode[]): AdfNode => ({ type, attrs: {}, content: [paragraph(content)] });
const row = (type: 'tableHeader' | 'tableCell', cells: readonly (readonly AdfNode[])[]): AdfNode => ({ type: 'tableRow', content: cells.map((content) => cell(type, content)) });

const stamp = (at: number | null, lang: Lang): string => (at === null ? '' : stampIn(at, lang === 'ja' ? 'Asia/Tokyo' : 'UTC'));

class Writer {
  private readonly lang: Lang;
  constructor(
    private readonly texts: Texts,
    private readonly incident: Incident,
  ) {
    this.lang = incident.head.lang;
  }

  private say(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    return this.texts.say(this.lang, key, params);
  }

  private person(accountId: string): AdfNode {
    return accountId === FORMER_USER ? text(this.say('common.former-user')) : mention(accountId);
  }

  summary(): readonly AdfNode[] {
    const { head } = this.incident;
    const times = [
      ['export.detected', head.detectedAt], ['export.declared', head.declaredAt], ['export.responded', head.firstResponse?.at ?? null], ['export.identified', head.identifiedAt],
      ['export.mitigated', head.mitigatedAt], ['export.resolved', head.resolvedAt], ['export.closed', head.closedAt],
    ] as const;
    const lines = [['situation', head.situation], ['impact', head.impact]] as const;
    const roles = head.roles.filter((role) => role.person !== null);
    return [
      paragraph(this.say('export.summary', { key: head.key, title: head.title, severity: this.say(`severity.${head.severity}`), status: this.say(`status.${head.status}`) })),
      paragraph(times.filter(([, at]) => at !== null).map(([key, at]) => `${this.say(key)} ${stamp(at, this.lang)}`).join(' / ')),
      ...lines.flatMap(([name, line]) => (line === null ? [] : [paragraph(`${this.say(`export.${name}`)}: ${line.text}`)])),
      ...(head.cause === null ? [] : [paragraph(this.say(head.cause.deploy === null ? 'entry.cause.change' : 'entry.cause.deploy', { title: head.cause.deploy?.title ?? '' }))]),
      ...roles.map((role) => paragraph([text(`${this.say('export.role', { role: role.id, name: role.name ?? '' })} `), this.person(role.person ?? '')])),
    ];
  }

  private alertRow(alert: AlertRecord): AdfNode {
    const { value, threshold } = atWorst(alert);
    const measured = [value ?? '', threshold === null ? '' : `${alert.operator ?? ''} ${threshold}`].join(' ').trim();
    const cells = [this.say(`alert.status.${alert.status}`), alert.monitorName, alert.host?.name ?? '', measured, stamp(alert.openedAt, this.lang), stamp(alert.closedAt, this.lang)];
    return row('tableCell', cells.map(words));
  }

  alerts(): readonly AdfNode[] {
    const alerts = [...linkedAlerts(this.incident.alerts)].sort((a, b) => a.openedAt - b.openedAt);
    if (alerts.length === 0) return [];
    const heads = ['export.state', 'export.monitor', 'export.host', 'export.value', 'export.opened', 'export.recovered'].map((key) => words(this.say(key)));
    const table: AdfNode = { type: 'table', content: [row('tableHeader', heads), ...alerts.slice(0, ALERTS).map((alert) => this.alertRow(alert))] };
    return [heading(this.say('export.alerts')), table, ...(alerts.length > ALERTS ? [paragraph(this.say('export.more', { n: alerts.length - ALERTS }))] : [])];
  }

  /** What an entry says; people in it become mentions. */
  private said(entry: EntryView): readonly AdfNode[] {
    return saidLine(entry, (key, params) => this.say(key, params)).flatMap((part) => ('person' in part ? [mention(part.person)] : words(part.text.replace(/\n+/g, ' '))));
  }

  timeline(): readonly AdfNode[] {
    const entries = [...entriesSince(this.incident, 0)].reverse();
    if (entries.length === 0) return [];
    // Pinned ones and people's own words stay when not everything fits.
    const shown = entries.length <= ENTRIES ? entries : [...entries].sort((a, b) => Number(b.pinned) - Number(a.pinned) || Number(b.text !== null) - Number(a.text !== null) || b.at - a.at).slice(0, ENTRIES);
    const rows = [...shown].sort((a, b) => a.at - b.at).map((entry) => row('tableCell', [words(stamp(entry.at, this.lang)), entry.by === null ? words(entry.source === 'mackerel' ? 'Mackerel' : '') : [this.person(entry.by.accountId)], this.said(entry)]));
    const heads = ['export.time', 'export.by', 'export.event'].map((key) => words(this.say(key)));
    const left = entries.length - shown.length;
    return [heading(this.say('export.timeline')), { type: 'table', content: [row('tableHeader', heads), ...rows] }, ...(left > 0 ? [paragraph(this.say('export.more', { n: left }))] : [])];
  }

  /** The metrics of the newest copy; what stands there are the values, the files are beside the page. */
  evidence({ copies }: Pick<Evidence, 'copies'>): readonly AdfNode[] {
    const copy = copies.findLast(({ parts }) => parts.length > 0);
    if (copy === undefined) return [];
    const series = copy.parts.flatMap(({ data, series: some }) => some.map((one) => ({ ...one, file: data })));
    const number = (value: number | null): string => (value === null ? '' : Number(value.toPrecision(6)).toString());
    const rows = series.slice(0, SERIES).map(({ title, unit, first, last, min, max, n, file }) => row('tableCell', [unit === null ? title : `${title} (${unit})`, `${stamp(first, this.lang)} – ${stamp(last, this.lang)}`, number(min), number(max), String(n), file.name].map(words)));
    const heads = ['export.evidence.metric', 'export.evidence.range', 'export.evidence.min', 'export.evidence.max', 'export.evidence.n', 'export.evidence.file'].map((key) => words(this.say(key)));
    const left = copy.left.map(({ why, n, names }) => paragraph(this.say(`export.evidence.left.${why}`, { n, names: names.join(', ') })));
    const sums = [...copy.parts.map(({ data }) => data), ...(copy.images ?? []).map(({ file }) => file)].map(({ name, sha256 }) => paragraph(`SHA-256 ${name}: ${sha256}`));
    return [
      heading(this.say('export.evidence')),
      paragraph(this.say('export.evidence.at', { at: stamp(copy.at, this.lang) })),
      ...(rows.length === 0 ? [] : [{ type: 'table', content: [row('tableHeader', heads), ...rows] }]),
      ...(series.length > SERIES ? [paragraph(this.say('export.more', { n: series.length - SERIES }))] : []),
      ...left,
      ...sums,
    ];
  }

  asOf(now: number): AdfNode {
    return paragraph(this.say('export.as-of', { at: stamp(now, this.lang) }));
  }
}

/** `now`: epoch ms, said at the end. Bounded whatever the incident holds; calls nothing outside. */
export function exportDocument(texts: Texts, incident: Incident, now: number, evidence: Evidence | null = null): AdfDoc {
  const writer = new Writer(texts, incident);
  return { type: 'doc', version: 1, content: [...writer.summary(), ...writer.alerts(), ...(evidence === null ? [] : writer.evidence(evidence)), ...writer.timeline(), writer.asOf(now)] };
}
