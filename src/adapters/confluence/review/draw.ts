/** What follows from the record, part by part, as it stands on a page. */
import { expand, inlineCard, mention, text } from '@atlaskit/adf-utils/builders';
import type { FillSection, Lang } from '../../../contract';
import { linkedAlerts } from '../../../domain/alert-record';
import type { AlertRecord, IncidentHead } from '../../../domain/model';
import { FORMER_USER } from '../../../domain/personal-data';
import { droppedOf, ticketsOn } from '../../../domain/tickets';
import { alertUrl, hostUrl } from '../../../domain/links';
import { plainLine } from '../../../domain/text';
import type { ReviewFacts, Texts } from '../../../ports';
import { timeText, valueText } from '../../alert-words';
import { grid, line, list, mackerelLink, pairs, type Block, type Inline, type Piece } from '../template/nodes';
import type { Part } from './insert';
import type { Node } from './own-part';
import { questionsOf } from './questions';
import { entrySaid } from './said';

export const SECTIONS = ['summary', 'times', 'detection', 'impact', 'alerts', 'timeline', 'changes', 'people', 'tickets', 'similar', 'questions'] as const satisfies readonly FillSection[];
const ALERTS_SHOWN = 50;
const MINUTE_MS = 60_000;

export interface Drawer {
  readonly lang: Lang;
  readonly org: string | null;
  /** Where pages and work items of this site are; null: not known. */
  readonly site: string | null;
  readonly say: (key: string, params?: Readonly<Record<string, string | number>>) => string;
}
export const drawerOf = ({ lang, page }: IncidentHead, texts: Texts, org: string | null): Drawer => ({
  lang, org, site: page !== null && URL.canParse(page.url) ? new URL(page.url).origin : null, say: (key, params = {}) => texts.say(lang, key, params),
});

export const personNode = (accountId: string, { say }: Drawer): Inline => (accountId === FORMER_USER ? text(say('common.former-user')) : mention({ id: accountId, text: '' })) as Inline;
const span = (ms: number, { say }: Drawer): string => {
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  return say('page.fill.span', { h: Math.floor(minutes / 60), m: minutes % 60 });
};
const card = (url: string): Inline => inlineCard({ url }) as Inline;
const place = ({ host, service }: AlertRecord, org: string | null): Piece => (host === null ? (service ?? '–') : mackerelLink(host.name || host.id, hostUrl(org, host.id)));
const oldestFirst = (facts: ReviewFacts): readonly AlertRecord[] => [...linkedAlerts(facts.incident.alerts)].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
const orNone = (items: readonly Piece[], { say }: Drawer): readonly Block[] => (items.length === 0 ? [line(say('page.fill.none'))] : [list(items)]);

function summary({ incident: { head } }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say } = drawer;
  const end = head.resolvedAt ?? head.closedAt;
  const rows: readonly (readonly [string, Piece])[] = [
    [say('page.facts.key'), head.key],
    [say('page.facts.title'), head.title],
    [say('page.fill.kind'), say(`page.fill.kind.${head.kind}`)],
    [say('page.facts.severity'), say(`page.severity.${head.severity}`)],
    [say('page.fill.service'), head.service ?? '–'],
    [say('page.fill.duration'), end === null ? '–' : span(end - head.detectedAt, drawer)],
    [say('page.fill.situation'), head.situation?.text ?? '–'],
  ];
  return [pairs(rows)];
}
function times({ incident: { head } }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say, lang } = drawer;
  const known = [
    ['detected', head.detectedAt], ['declared', head.declaredAt], ['responded', head.firstResponse?.at ?? null], ['identified', head.identifiedAt], ['mitigated', head.mitigatedAt], ['resolved', head.resolvedAt], ['closed', head.closedAt],
  ] as const;
  const rows = known.map(([phase, at]) => [say(`page.fill.phase.${phase}`), at === null ? '–' : timeText(at, lang), at === null ? '–' : span(at - head.detectedAt, drawer)]);
  return [grid([say('page.fill.phase'), say('page.fill.time'), say('page.fill.since')], rows)];
}
function detection(facts: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say, org } = drawer;
  const { head } = facts.incident;
  const first = oldestFirst(facts)[0];
  const by: Piece = head.declaredBy === null ? say('page.fill.declared.rule') : [personNode(head.declaredBy, drawer)];
  return [
    pairs([
      [say('page.fill.detected'), first === undefined ? say('page.fill.detected.person') : mackerelLink(first.monitorName || first.id, alertUrl(org, first.id))],
      [say('page.fill.declared'), by],
      [say('page.fill.until.declared'), span(head.declaredAt - head.detectedAt, drawer)],
      [say('page.fill.until.responded'), head.firstResponse === null ? '–' : span(head.firstResponse.at - head.detectedAt, drawer)],
    ]),
  ];
}
function impact(facts: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say } = drawer;
  const { head } = facts.incident;
  const alerts = oldestFirst(facts);
  const unique = (names: readonly (string | null | undefined)[]): string => [...new Set(names.flatMap((name) => plainLine(name ?? '', 60) || []))].slice(0, 20).join(', ') || '–';
  return [
    pairs([
      [say('page.fill.impact'), head.impact?.text ?? '–'],
      [say('page.fill.services'), unique([head.service, ...alerts.map(({ service }) => service), ...alerts.flatMap(({ roles = [] }) => roles)])],
      [say('page.fill.hosts'), unique(alerts.map(({ host }) => host?.name))],
    ]),
  ];
}
function alertTable(facts: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say, lang, org } = drawer;
  const all = oldestFirst(facts);
  if (all.length === 0) return [line(say('page.fill.none'))];
  const rows = all.slice(0, ALERTS_SHOWN).map((alert) => [
    mackerelLink(alert.monitorName || alert.id, alertUrl(org, alert.id)), say(`page.alertStatus.${alert.status}`), valueText(alert, lang), place(alert, org), timeText(alert.openedAt, lang),
    alert.closedAt === null ? say('page.fill.open') : span(alert.closedAt - alert.openedAt, drawer),
  ]);
  const header = [...['alert', 'status', 'value', 'host', 'since'].map((column) => say(`page.facts.${column}`)), say('page.fill.lasted')];
  return [grid(header, rows), ...(all.length > ALERTS_SHOWN ? [line(say('page.facts.moreAlerts', { count: all.length - ALERTS_SHOWN }))] : [])];
}
function timeline({ entries }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say, lang } = drawer;
  if (entries.length === 0) return [line(say('page.fill.none'))];
  const rows = entries.map((entry): readonly Piece[] => [timeText(entry.at, lang), entry.by === null ? (entry.source === 'mackerel' ? 'Mackerel' : '') : [personNode(entry.by.accountId, drawer)], entrySaid(entry, drawer)]);
  return [grid([say('page.fill.time'), say('page.fill.who'), say('page.fill.what')], rows)];
}
function changes({ incident: { head }, deploys }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say, lang } = drawer;
  const { cause } = head;
  const judged = cause === null ? say('page.fill.cause.open') : cause.deploy === null ? say('entry.cause.change') : say('entry.cause.deploy', { title: cause.deploy.title });
  return [line(judged), ...(deploys.length === 0 ? [line(say('page.fill.deploys.none'))] : [grid([say('page.fill.time'), say('page.fill.deploy')], deploys.map(({ from, title }) => [timeText(from, lang), title]))])];
}
function people({ incident: { head, entries } }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say } = drawer;
  const roles = new Map<string, string[]>();
  const add = (person: string | null | undefined, role: string | null): void => {
    if (person != null) roles.set(person, [...(roles.get(person) ?? []), ...(role === null ? [] : [role])]);
  };
  add(head.firstResponse?.by, say('page.fill.first'));
  for (const { id, name, person } of head.roles) add(person, name ?? say(`page.respond.roles.${id}`));
  for (const { source, by } of Object.values(entries).sort((a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1))) if (source === 'person' || source === 'update') add(by, null);
  return orNone([...roles].map(([person, of]): Piece => [personNode(person, drawer), ...(of.length === 0 ? [] : [text(` ${[...new Set(of)].map((role) => plainLine(role, 60)).join(', ')}`) as Inline])]), drawer);
}
function tickets({ incident }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { say, site } = drawer;
  const rows = ticketsOn(incident).filter(({ issueKey }) => issueKey !== null).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const items = rows.map((ticket): Piece => {
    const key = ticket.issueKey ?? '';
    const dropped = droppedOf(ticket);
    const name = site === null || ticket.elsewhere !== undefined ? (text(key) as Inline) : card(`${site}/browse/${encodeURIComponent(key)}`);
    return [name, ...(dropped === null ? [] : [text(` ${say('page.fill.dropped', { reason: plainLine(dropped.reason, 200) })}`) as Inline])];
  });
  return orNone(items, drawer);
}
function similar({ similar: found }: ReviewFacts, drawer: Drawer): readonly Block[] {
  const { site, lang } = drawer;
  return orNone(found.map(({ key, pageId, at }): Piece => [text(`${key} ${timeText(at, lang)} `) as Inline, ...(site === null ? [] : [card(`${site}/wiki/pages/viewpage.action?pageId=${encodeURIComponent(pageId)}`)])]), drawer);
}

const DRAW: Readonly<Record<FillSection, (facts: ReviewFacts, drawer: Drawer) => readonly Block[]>> = {
  summary, times, detection, impact, alerts: alertTable, timeline, changes, people, tickets, similar,
  questions: (facts, drawer) => orNone(questionsOf(facts.incident).map(({ key, params }) => drawer.say(`page.fill.question.${key}`, params)), drawer),
};
export const titleOf = (section: FillSection, { say }: Drawer): string => say('page.fill.title', { section: say(`page.fill.${section}.heading`) });

export function drawPart(id: FillSection, facts: ReviewFacts, drawer: Drawer): Part {
  // The builders' types are per node; what is written and hashed is the stored form.
  const node = expand({ title: titleOf(id, drawer) })(...(DRAW[id](facts, drawer) as Parameters<ReturnType<typeof expand>>));
  return { id, node: JSON.parse(JSON.stringify(node)) as Node };
}
