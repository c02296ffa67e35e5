/** Rules as a file: `{"schema": 1, "rules": […], "fallback": …, "grouping": {…}}`, with the fields of `RuleView` and `GroupingView`. */
import { checkFile, type Checked, type Problem, type RuleSet } from './rule-check';

export const FILE_NAME = 'incident-rules.json';
/** The app refuses rules of more than 100 kB; a file may be indented. */
const FILE_BYTES = 400_000;

export const fileText = ({ rules, fallback, grouping }: RuleSet): string => `${JSON.stringify({ schema: 1, rules, fallback, grouping }, null, 2)}\n`;

const whole = (key: Problem['key'], params: Problem['params'] = {}): Checked => ({ ok: false, problems: [{ path: '', key, params }] });

/** Line that a parser's message points to; 0: it does not say. */
function lineOf(message: string, text: string): number {
  const [, line] = /line (\d+)/.exec(message) ?? [];
  if (line !== undefined) return Number(line);
  const [, position] = /position (\d+)/.exec(message) ?? [];
  return position === undefined ? 0 : text.slice(0, Number(position)).split('\n').length;
}

/** What a file of `size` bytes says, or everything that is wrong with it. `read` is asked only for a file of a plausible size. */
export async function readRules(size: number, read: () => Promise<string>): Promise<Checked> {
  if (size > FILE_BYTES) return whole('settings.rules.import.large', { kb: FILE_BYTES / 1000 });
  let text: string;
  try {
    text = await read();
  } catch {
    return whole('settings.rules.import.unreadable');
  }
  try {
    return checkFile(JSON.parse(text.replace(/^\uFEFF/, '')) as unknown);
  } catch (error) {
    return whole('settings.rules.import.no-json', { line: lineOf(String(error), text) });
  }
}
