/** Draws the parts of a template with what the record knows. */
import { expand, mention } from '@atlaskit/adf-utils/builders';
import type { RolesView } from '../../../contract';
import { plainLine } from '../../../domain/text';
import type { Lang } from '../../../contract';
import type { PageFacts, Texts } from '../../../ports';
import { timeText } from '../../alert-words';
import { inOrder } from './facts';
import { grid, line, note, pairs, tasks, title, type Block, type Inline, type Piece } from './nodes';
import type { Part } from './parts';

export interface TemplateTools {
  readonly texts: Texts;
  readonly id: () => string;
  /** Those the page has a line for. */
  readonly roles: RolesView;
}

/** What texts of templates may name. */
export const VARIABLES = ['key', 'title', 'severity', 'service', 'alert', 'hosts', 'detectedAt', 'declaredAt'] as const;
type Known = Readonly<Record<string, string>>;
/** What parts are drawn with. */
export interface Drawing {
  readonly lang: Lang;
  /** Account of who leads; null: nobody yet. */
  readonly commander: string | null;
  readonly known: Known;
  /** What stands where the facts belong. */
  readonly facts: readonly Block[];
}

const EMPTY: Piece = [];
const NAME = 60;
const HOSTS = 3;

/** Their values; what is not known says so in words. */
export function variables(facts: PageFacts, texts: Texts): Readonly<Record<(typeof VARIABLES)[number], string>> {
  const { lang } = facts;
  const unknown = (name: string): string => texts.say(lang, `page.unknown.${name}`);
  const known = (text: string | null | undefined, name: string): string => plainLine(text ?? '', NAME) || unknown(name);
  const alerts = inOrder(facts.alerts);
  const hosts = [...new Set(alerts.flatMap(({ host }) => plainLine(host?.name ?? '', NAME) || []))];
  return {
    key: plainLine(facts.key, NAME),
    title: plainLine(facts.title, 120) || unknown('title'),
    severity: texts.say(lang, `page.severity.${facts.severity}`),
    service: known(facts.service, 'service'),
    alert: known(alerts[0]?.monitorName, 'alert'),
    hosts: hosts.length === 0 ? unknown('hosts') : hosts.slice(0, HOSTS).join(', ') + (hosts.length > HOSTS ? ' …' : ''),
    detectedAt: timeText(facts.detectedAt, lang),
    declaredAt: timeText(facts.declaredAt, lang),
  };
}

/** What pages people wrote may name between braces; `facts`, on a line of its own, is theirs too. */
export function pageVariables(facts: PageFacts, texts: Texts): Readonly<Record<string, string>> {
  const { key, title, severity, service, alert, hosts, detectedAt, declaredAt } = variables(facts, texts);
  return { 'incident.key': key, 'incident.title': title, severity, service, alert, hosts, 'detected.at': detectedAt, 'declared.at': declaredAt, commander: texts.say(facts.lang, 'page.unknown.commander') };
}

export function draw(parts: readonly Part[], { lang, commander, known, facts }: Drawing, { texts, id, roles }: TemplateTools): Block[] {
  const say = (key: string): string => texts.say(lang, key, known);
  const blank = (count: number): readonly Piece[] => Array.from({ length: count }, () => EMPTY);
  const one = (part: Part): Block[] => {
    switch (part.is) {
      case 'facts':
        return [...facts];
      case 'title':
        return [title(part.level, say(part.key))];
      case 'text':
        return [line(say(part.key))];
      case 'note':
        return [note(say(part.key))];
      case 'grid':
        return [grid(part.columns.map(say), Array.from({ length: part.rows }, () => blank(part.columns.length)))];
      case 'pairs':
        return [pairs(part.names.map((name) => [say(name), EMPTY] as const))];
      case 'roles': {
        const leader: Piece = commander === null ? EMPTY : [mention({ id: commander, text: '' }) as Inline];
        const named = roles.named.map((name) => [plainLine(name, NAME), EMPTY] as const);
        return [pairs([...roles.standard.map((role) => [say(`page.respond.roles.${role}`), role === 'commander' ? leader : EMPTY] as const), ...named])];
      }
      case 'tasks':
        return [tasks(part.items.map(say), id)];
      case 'whys': {
        const steps = grid([say('page.review.whys.why'), say('page.review.whys.answer')], [1, 2, 3, 4, 5].map((n) => [String(n), EMPTY]));
        return [part.folded ? expand({ title: say('page.review.whys.heading') })(steps) : steps];
      }
    }
  };
  return parts.flatMap(one);
}
