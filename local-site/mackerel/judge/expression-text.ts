/** The language of expression monitors: `avg(role(shop:web, loadavg5))`. Read into a tree; what it is worth is computed elsewhere. */
import { badRequest, notModelled } from '../errors';

const AGGREGATES = ['avg', 'max', 'min', 'sum', 'product'] as const;
export type Aggregate = (typeof AGGREGATES)[number];
export type Expression =
  | { readonly kind: 'host' | 'service' | 'role'; readonly of: string; readonly metric: string }
  | { readonly kind: 'aggregate'; readonly by: Aggregate; readonly of: Expression }
  | { readonly kind: 'group'; readonly of: readonly Expression[] }
  | { readonly kind: 'diff' | 'divide'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'scale' | 'offset'; readonly of: Expression; readonly by: number };

/** Functions Mackerel knows and this stand-in does not compute. */
const OTHERS: ReadonlySet<string> = new Set(['percentile', 'timeShift', 'movingAverage', 'linearRegression', 'timeLeftForecast']);
const METRICS: Readonly<Record<string, 'host' | 'service' | 'role'>> = { host: 'host', service: 'service', role: 'role', roleSlots: 'role' };

/** A call, or a bare or quoted word. */
type Node = { readonly call: string; readonly args: readonly Node[] } | { readonly word: string };
const invalid = (why: string) => badRequest(`The expression is invalid: ${why}.`);

function tokens(text: string): string[] {
  const found: string[] = [];
  const token = /\s*('[^']*'|"[^"]*"|[(),]|[^\s'"(),]+)/y;
  while (text.slice(token.lastIndex).trim() !== '') {
    const [, part] = token.exec(text) ?? [];
    if (part === undefined) throw invalid('a quotation mark is missing');
    found.push(part);
  }
  return found;
}

function readTree(text: string): Node {
  const left = tokens(text);
  const take = (): string => left.shift() ?? '';
  const next = (): string => left[0] ?? '';
  const read = (): Node => {
    const word = take();
    if (word === '' || /^[(),]$/.test(word)) throw invalid('something is missing');
    if (next() !== '(') return { word: word.replace(/^(['"])(.*)\1$/, '$2') };
    const args: Node[] = [];
    do {
      take();
      args.push(read());
    } while (next() === ',');
    if (take() !== ')') throw invalid('a parenthesis is missing');
    return { call: word, args };
  };
  const tree = read();
  if (left.length > 0) throw invalid(`${next()} is too much`);
  return tree;
}

function wordOf(node: Node | undefined): string {
  if (node === undefined || !('word' in node)) throw invalid('a name is missing');
  return node.word;
}
/** `1.5`, `200`, `1/86400` */
function factorOf(node: Node | undefined): number {
  const [value = Number.NaN, by = 1] = wordOf(node).split('/').map(Number);
  if (!Number.isFinite(value / by)) throw invalid('a number is missing');
  return value / by;
}
function expect(args: readonly Node[], count: number): void {
  if (args.length !== count) throw invalid(`${count} arguments are needed, not ${args.length}`);
}

function meaning(node: Node | undefined): Expression {
  if (node === undefined || 'word' in node) throw invalid('metrics are missing');
  const { call, args } = node;
  const [first, second] = args;
  const metrics = Object.hasOwn(METRICS, call) ? METRICS[call] : undefined;
  if (metrics !== undefined) {
    expect(args, 2);
    return { kind: metrics, of: wordOf(first), metric: wordOf(second) };
  }
  const aggregate = AGGREGATES.find((name) => name === call);
  if (aggregate !== undefined) {
    expect(args, 1);
    return { kind: 'aggregate', by: aggregate, of: meaning(first) };
  }
  switch (call) {
    case 'group':
      return { kind: 'group', of: args.map(meaning) };
    case 'diff':
    case 'divide':
      expect(args, 2);
      return { kind: call, left: meaning(first), right: meaning(second) };
    case 'scale':
    case 'offset':
      expect(args, 2);
      return { kind: call, of: meaning(first), by: factorOf(second) };
    // Both only change how a graph looks.
    case 'alias':
      expect(args, 2);
      return meaning(first);
    case 'stack':
      expect(args, 1);
      return meaning(first);
  }
  if (OTHERS.has(call)) throw notModelled(`expression function ${call}`);
  throw invalid(`there is no function ${call}`);
}

/** Whether it is one line whatever is posted. */
function isOneLine(expression: Expression): boolean {
  switch (expression.kind) {
    case 'host':
    case 'service':
      return !expression.metric.includes('*');
    case 'role':
      return false;
    case 'aggregate':
      return true;
    case 'group':
      return expression.of.length === 1 && expression.of.every(isOneLine);
    case 'diff':
    case 'divide':
      return isOneLine(expression.left) && isOneLine(expression.right);
    case 'scale':
    case 'offset':
      return isOneLine(expression.of);
  }
}

/** @throws ApiError 400 for what is no expression or more than one line, 501 for a function that is not modelled */
export function parseExpression(text: string): Expression {
  const expression = meaning(readTree(text));
  if (!isOneLine(expression)) throw invalid('it must be a graph of one line');
  return expression;
}
