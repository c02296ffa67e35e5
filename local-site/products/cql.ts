/** The part of CQL that is modelled: terms joined by AND, then ORDER BY. Everything else is refused by name. */
import { Refusal, Unmodelled } from './refusal';

export type Comparison = '=' | '!=' | '~' | '>' | '>=' | '<' | '<=' | 'in';
export interface Term {
  readonly field: string;
  readonly is: Comparison;
  readonly values: readonly string[];
}
export interface Cql {
  readonly terms: readonly Term[];
  readonly order: readonly { readonly field: string; readonly descending: boolean }[];
}

const TOKEN = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|!~|>=|<=|[=~<>(),])|([^\s=~<>!(),"']+))/y;
interface Token {
  readonly kind: 'string' | 'sign' | 'word';
  readonly text: string;
}

function tokens(cql: string): Token[] {
  const found: Token[] = [];
  const unescape = (quoted: string): string => quoted.replace(/\\(.)/g, '$1');
  TOKEN.lastIndex = 0;
  while (cql.slice(TOKEN.lastIndex).trim() !== '') {
    const match = TOKEN.exec(cql);
    if (match === null) throw new Refusal(400, `Could not parse cql : ${cql}`);
    const quoted = match[1] ?? match[2];
    found.push(quoted !== undefined ? { kind: 'string', text: unescape(quoted) } : match[3] !== undefined ? { kind: 'sign', text: match[3] } : { kind: 'word', text: match[4] ?? '' });
  }
  return found;
}

/** Throws Refusal 400 for what is no CQL, Unmodelled for what this site does not answer. */
export function parseCql(cql: string): Cql {
  const list = tokens(cql);
  const wrong = (): Refusal => new Refusal(400, `Could not parse cql : ${cql}`);
  let at = 0;
  const isWord = (word: string): boolean => list[at]?.kind === 'word' && list[at]?.text.toLowerCase() === word;
  const take = (): Token => {
    const token = list[at++];
    if (!token) throw wrong();
    return token;
  };
  const value = (): string => {
    const token = take();
    if (token.kind === 'sign') throw wrong();
    if (token.kind === 'word' && list[at]?.text === '(') throw new Unmodelled(`CQL function ${token.text}()`);
    return token.text;
  };
  const term = (): Term => {
    if (isWord('not')) throw new Unmodelled('CQL NOT');
    const field = take();
    if (field.text === '(') throw new Unmodelled('CQL parentheses');
    if (field.kind === 'sign') throw wrong();
    if (isWord('not')) throw new Unmodelled('CQL NOT IN');
    const sign = take().text.toLowerCase();
    if (sign === '!~') throw new Unmodelled('CQL !~');
    if (sign !== 'in') {
      if (!['=', '!=', '~', '>', '>=', '<', '<='].includes(sign)) throw wrong();
      return { field: field.text, is: sign as Comparison, values: [value()] };
    }
    if (take().text !== '(') throw wrong();
    const values = [value()];
    for (let next = take(); next.text !== ')'; next = take()) {
      if (next.text !== ',') throw wrong();
      values.push(value());
    }
    return { field: field.text, is: 'in', values };
  };
  const terms: Term[] = [];
  while (at < list.length && !isWord('order')) {
    if (terms.length > 0) {
      if (isWord('or')) throw new Unmodelled('CQL OR');
      if (!isWord('and')) throw wrong();
      at++;
    }
    terms.push(term());
  }
  if (terms.length === 0) throw wrong();
  const order: { field: string; descending: boolean }[] = [];
  if (isWord('order')) {
    at++;
    if (take().text.toLowerCase() !== 'by') throw wrong();
    do {
      const field = value();
      const descending = isWord('desc');
      if (descending || isWord('asc')) at++;
      order.push({ field, descending });
    } while (list[at]?.text === ',' && ++at > 0);
    if (at < list.length) throw wrong();
  }
  return { terms, order };
}
