/** What the app leaves in Jira of a ticket's incident. Of a private one: a random id and a link, nothing else. */
import { doc, link, p, panel, strong, text } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import type { Lang } from '../../contract';
import type { AlertRecord } from '../../domain/model';
import { plainLine } from '../../domain/text';
import type { Texts, TicketContext, TicketLink } from '../../ports';
import { timeText, valueText } from '../alert-words';

/** Also the property the manifest declares for JQL. */
export const PROPERTY = 'mackerel_incident';
export const LABEL = 'mackerel-incident';
/** The enum's own module would bring the whole editor schema into the bundle. */
const NOTE = 'note' as PanelType;

export const globalId = (link: Pick<TicketLink, 'linkId'>): string => `mackerel-incident:${link.linkId}`;

/** The page by its id alone: a usual address carries the title. */
function pageAddress({ visibility, page }: TicketLink): string {
  if (page === null) return '';
  if (visibility === 'public') return page.url;
  const origin = URL.canParse(page.url) ? new URL(page.url).origin : '';
  return `${origin}/wiki/pages/viewpage.action?pageId=${page.id}`;
}

export function propertyOf(facts: TicketLink): Readonly<Record<string, string>> {
  if (facts.visibility === 'private') return { link: facts.linkId };
  return { link: facts.linkId, key: facts.key, severity: facts.severity, ...(facts.kind === null ? {} : { type: facts.kind }) };
}

/** Fields left out become null, so this is always the whole link. */
export function remoteLinkOf(facts: TicketLink, texts: Texts): unknown {
  const name = texts.say(facts.lang, 'jira.link.page');
  const url = pageAddress(facts);
  if (facts.visibility === 'private') return { globalId: globalId(facts), relationship: name, object: { url, title: name } };
  const title = texts.say(facts.lang, 'page.title', { key: facts.key, title: plainLine(facts.title, 180) });
  const state = texts.say(facts.lang, facts.over ? 'jira.link.resolved' : 'jira.link.open', { status: texts.say(facts.lang, `status.${facts.status}`) });
  return {
    globalId: globalId(facts),
    relationship: name,
    object: { url, title, summary: state, icon: { title: name }, status: { resolved: facts.over, icon: { title: state } } },
  };
}

type Block = Parameters<typeof doc>[number];

/** The panel is told apart from people's own by the link in it. */
const mark = (facts: Pick<TicketLink, 'linkId'>): string => `#ticket-${facts.linkId}`;

const alertText = (alert: AlertRecord, lang: Lang, texts: Texts): string =>
  [texts.say(lang, `alert.status.${alert.status}`), alert.monitorName, alert.host?.name ?? '', valueText(alert, lang), timeText(alert.openedAt, lang)].filter((part) => part !== '').join(' · ');

const addressOf = (facts: TicketLink): string => `${pageAddress(facts)}${mark(facts)}`;
const labelOf = (facts: TicketLink, texts: Texts): string => texts.say(facts.lang, 'page.title', { key: facts.key, title: plainLine(facts.title, 180) });

function contextPanel(facts: TicketLink, context: TicketContext | null, texts: Texts): Block {
  const label = labelOf(facts, texts);
  const severity = texts.say(facts.lang, `severity.${facts.severity}`);
  const alerts = (context?.alerts ?? []).map((alert) => p(text(plainLine(alertText(alert, facts.lang, texts), 300))));
  const said = context?.entry == null || plainLine(context.entry, 500) === '' ? [] : [p(strong(text(texts.say(facts.lang, 'jira.description.entry'))) as never, text(` ${plainLine(context.entry, 500)}`))];
  return panel({ panelType: NOTE })(p(link({ href: addressOf(facts) })(text(label)) as never, text(` · ${severity}`)), ...alerts, ...said);
}

/** The description of a new issue; null: nothing may be said. */
export function descriptionOf(facts: TicketLink, context: TicketContext | null, texts: Texts): unknown {
  return facts.visibility === 'private' ? null : doc(contextPanel(facts, context, texts));
}

interface AdfDocument {
  readonly type: 'doc';
  readonly content: readonly unknown[];
}
const isDocument = (value: unknown): value is AdfDocument => typeof value === 'object' && value !== null && 'content' in value && Array.isArray(value.content);

/** Our panel with its link as it is to be now: the incident may have been merged, or its page be another one. */
function relinked(block: unknown, facts: TicketLink, texts: Texts): unknown {
  const renewed = JSON.stringify(block, (_name, node: unknown) => {
    const marks = typeof node === 'object' && node !== null && 'marks' in node && Array.isArray(node.marks) ? (node.marks as readonly { attrs?: { href?: string } }[]) : [];
    return marks.some(({ attrs }) => attrs?.href?.endsWith(mark(facts)) === true && attrs.href !== addressOf(facts)) ? link({ href: addressOf(facts) })(labelOf(facts, texts)) : node;
  });
  return JSON.parse(renewed);
}

/** The description with or without our panel, people's words as they are; `undefined`: it is right already. */
export function mendedDescription(description: unknown, facts: TicketLink, context: TicketContext | null, texts: Texts): unknown {
  const blocks = isDocument(description) ? description.content : [];
  const ours = (block: unknown): boolean => JSON.stringify(block).includes(mark(facts));
  const has = blocks.some(ours);
  if (facts.visibility === 'private') {
    if (!has) return undefined;
    const left = blocks.filter((block) => !ours(block));
    return left.length === 0 ? null : { ...(description as AdfDocument), content: left };
  }
  if (has) {
    const content = blocks.map((block) => (ours(block) ? relinked(block, facts, texts) : block));
    return JSON.stringify(content) === JSON.stringify(blocks) ? undefined : { ...(description as AdfDocument), content };
  }
  const panelBlock: unknown = JSON.parse(JSON.stringify(contextPanel(facts, context, texts)));
  return { type: 'doc', version: 1, content: [...blocks, panelBlock] };
}
