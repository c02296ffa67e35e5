/** The part of JQL that is modelled, as a tree: clauses joined by AND, OR, NOT and parentheses, then ORDER BY. Everything else is refused by name. */
import { Refusal, Unmodelled } from '../refusal';

export type Operator = '=' | '!=' | '~' | '!~' | '>' | '>=' | '<' | '<=' | 'in' | 'not in' | 'is' | 'is not';
/** A word or string, or EMPTY, or a function without arguments. */
export type Operand = { readonly text: string } | { readonly empty: true } | { readonly call: 'currentUser' | 'now' };
export interface Clause {
  readonly field: string;
  readonly is: Operator;
  readonly values: readonly Operand[];
}
export type Condition = Clause | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] } | { readonly not: Condition };
export interface Jql {
  /** null: no restriction at all. */
  readonly where: Condition | null;
  readonly order: readonly { readonly field: string; readonly descending: boolean }[];
}

const TOKEN = /\s*(?:(issue\.property\[(?:"[^"]*"|'[^']*'|[^\]"']+)\](?:\.[\w-]+)*)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|!~|>=|<=|&&|\|\||[=~<>(),!])|([^\s=~<>!(),"'&|]+))/y;
interface Token {
  readonly kind: 'string' | 'sign' | 'word';
  readonly text: string;
}
const SIGNS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' };

function tokens(jql: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (jql.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(jql);
    if (match === null) throw new Refusal(400, `Error in the JQL Query: The character at position ${at} is not understood.`);
    const [, property, double, single, sign, word = ''] = match;
    const quoted = double ?? single;
    if (property !== undefined) found.push({ kind: 'word', text: property });
    else if (quoted !== undefined) found.push({ kind: 'string', text: quoted.replace(/\\(.)/g, '$1') });
    else if (sign !== undefined) found.push(SIGNS[sign] === undefined ? { kind: 'sign', text: sign } : { kind: 'word', text: SIGNS[sign] });
    else found.push({ kind: 'word', text: word });
  }
  return found;
}

/** Throws Refusal 400 for what is no JQL, Unmodelled for what this site does not answer. */
export function parseJql(jql: string): Jql {
  const list = tokens(jql);
  let at = 0;
  const wrong = (): Refusal => new Refusal(400, `Error in the JQL Query: Expecting something else at '${list[at]?.text ?? 'the end of the query'}'.`);
  const isWord = (word: string): boolean => list[at]?.kind === 'word' && list[at]?.text.toLowerCase() === word;
  const isSign = (sign: string): boolean => list[at]?.kind === 'sign' && list[at]?.text === sign;
  const eat = (isThere: boolean): boolean => isThere && at++ >= 0;
  const take = (): Token => {
    const token = list[at];
    if (!token) throw wrong();
    at++;
    return token;
  };
  const need = (sign: string): void => {
    if (!eat(isSign(sign))) throw wrong();
  };

  function operand(): Operand {
    if (list[at]?.kind === 'sign') throw wrong();
    const { kind, text } = take();
    if (kind === 'word' && isSign('(')) {
      const call = text === 'currentUser' || text === 'now' ? text : null;
      if (call === null || list[at + 1]?.text !== ')') throw new Unmodelled(`JQL function ${text}()`);
      at += 2;
      return { call };
    }
    return kind === 'word' && ['empty', 'null'].includes(text.toLowerCase()) ? { empty: true } : { text };
  }
  function operator(): Operator {
    if (eat(isWord('in'))) return 'in';
    if (eat(isWord('not'))) {
      if (!eat(isWord('in'))) throw wrong();
      return 'not in';
    }
    if (eat(isWord('is'))) return eat(isWord('not')) ? 'is not' : 'is';
    if (isWord('was') || isWord('changed')) throw new Unmodelled(`JQL ${take().text}`);
    const { kind, text } = list[at] ?? {};
    if (kind !== 'sign' || !['=', '!=', '~', '!~', '>', '>=', '<', '<='].includes(text ?? '')) throw wrong();
    return take().text as Operator;
  }
  function clause(): Clause {
    if (list[at]?.kind === 'sign') throw wrong();
    const field = take().text;
    const is = operator();
    if (is !== 'in' && is !== 'not in') return { field, is, values: [operand()] };
    need('(');
    const values = [operand()];
    while (eat(isSign(','))) values.push(operand());
    need(')');
    return { field, is, values };
  }
  function single(): Condition {
    if (eat(isWord('not'))) return { not: single() };
    if (!eat(isSign('('))) return clause();
    const inner = any();
    need(')');
    return inner;
  }
  function all(): Condition {
    const parts = [single()];
    while (eat(isWord('and'))) parts.push(single());
    return parts.length === 1 && parts[0] ? parts[0] : { all: parts };
  }
  function any(): Condition {
    const parts = [all()];
    while (eat(isWord('or'))) parts.push(all());
    return parts.length === 1 && parts[0] ? parts[0] : { any: parts };
  }

  const where = list.length === 0 || isWord('order') ? null : any();
  const order: { field: string; descending: boolean }[] = [];
  if (eat(isWord('order'))) {
    if (!eat(isWord('by'))) throw wrong();
    do {
      const field = take().text;
      const descending = eat(isWord('desc'));
      if (!descending) eat(isWord('asc'));
      order.push({ field, descending });
    } while (eat(isSign(',')));
    if (order.length > 7) throw new Refusal(400, "The 'ORDER BY' clause must not have more than 7 fields.");
  }
  if (at < list.length) throw wrong();
  return { where, order };
}
