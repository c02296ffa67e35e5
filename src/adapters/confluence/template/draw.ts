/** Draws the parts of a template with what the record knows. */
import { expand, mention } from '@atlaskit/adf-utils/builders';
import type { RolesView } from '../../../contract';
import { plainLine } from '../../../domain/text';
import type { PageFacts, Texts } from '../../../ports';
import { timeText } from '../../alert-words';
import { factBlocks, inOrder } from './facts';
import { grid, line, note, pairs, tasks, title, type Block, type Inline, type Piece } from './nodes';
import type { Part } from './parts';

export interface TemplateTools {
  readonly texts: Texts;
  readonly id: () => string;
  readonly org: string | null;
  /** Those the page has a line for. */
  readonly roles: RolesView;
}

const EMPTY: Piece = [];
const NAME = 60;
const HOSTS = 3;

/** What texts of templates may name; what is not known says so in words. */
export function variables(facts: PageFacts, texts: Texts): Readonly<Record<string, string>> {
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

export function draw(parts: readonly Part[], facts: PageFacts, { texts, id, org, roles }: TemplateTools): Block[] {
  const known = variables(facts, texts);
  const say = (key: string): string => texts.say(facts.lang, key, known);
  const blank = (count: number): readonly Piece[] => Array.from({ length: count }, () => EMPTY);
  const one = (part: Part): Block[] => {
    switch (part.is) {
      case 'facts':
        return factBlocks(facts, org, texts);
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
        const leader: Piece = facts.commander === null ? EMPTY : [mention({ id: facts.commander, text: '' }) as Inline];
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
