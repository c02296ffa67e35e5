/** Tasks written on a page, as tickets could be made of them. Pure. */
import { field, numberOf, textOf } from '../../parts/kept';
import { listOf, pathOf, wordsOf } from '../../jira/raw';

export interface PageTask {
  /** Of the task on its page. */
  readonly id: string;
  readonly summary: string;
  readonly done: boolean;
  /** The first person mentioned. */
  readonly owner: { readonly accountId: string; readonly name: string } | null;
  /** YYYY-MM-DD; the first date. */
  readonly due: string | null;
  /** Key of an issue the task already links to. */
  readonly key: string | null;
}

const KEY = /\/browse\/([A-Z][A-Z0-9_]+-\d+)/;

interface Found {
  text: string;
  owner: PageTask['owner'];
  due: string | null;
  key: string | null;
}
/** Reads the inline content of one task; lists inside it are tasks of their own. */
function read(node: unknown, found: Found): void {
  const type = textOf(field(node, 'type'));
  const attr = (name: string): unknown => pathOf(node, 'attrs', name);
  if (type === 'taskList') return;
  if (type === 'text') {
    found.text += textOf(field(node, 'text')) ?? '';
    for (const mark of listOf(field(node, 'marks'))) found.key ??= KEY.exec(textOf(pathOf(mark, 'attrs', 'href')) ?? '')?.[1] ?? null;
  } else if (type === 'mention') {
    const [accountId, name] = [wordsOf(attr('id')), wordsOf(attr('text'))?.replace(/^@/, '') ?? ''];
    if (found.owner === null && accountId !== null) found.owner = { accountId, name };
    else found.text += name;
  } else if (type === 'date') {
    const at = numberOf(Number(attr('timestamp') ?? Number.NaN));
    if (at !== null && Math.abs(at) < 8.64e15) found.due ??= new Date(at).toISOString().slice(0, 10);
  } else if (type === 'emoji') found.text += textOf(attr('text')) ?? '';
  else if (type === 'hardBreak' || type === 'paragraph') found.text += ' ';
  else if (type === 'inlineCard' || type === 'blockCard') found.key ??= KEY.exec(textOf(attr('url')) ?? '')?.[1] ?? null;
  for (const inner of listOf(field(node, 'content'))) read(inner, found);
}

/** In the order of the page, open ones first. Tasks without words are left out. */
export function tasksOf(adf: unknown): readonly PageTask[] {
  const tasks: PageTask[] = [];
  const walk = (node: unknown): void => {
    const type = textOf(field(node, 'type'));
    if (type === 'taskItem' || type === 'blockTaskItem') {
      const found: Found = { text: '', owner: null, due: null, key: null };
      for (const inner of listOf(field(node, 'content'))) read(inner, found);
      const summary = [...found.text.replace(/\s+/g, ' ').trim()].slice(0, 255).join('');
      const id = `${tasks.length} ${textOf(pathOf(node, 'attrs', 'localId')) ?? ''}`;
      if (summary !== '') tasks.push({ id, summary, done: pathOf(node, 'attrs', 'state') === 'DONE', owner: found.owner, due: found.due, key: found.key });
    }
    for (const inner of listOf(field(node, 'content'))) walk(inner);
  };
  walk(adf);
  return [...tasks].sort((a, b) => Number(a.done) - Number(b.done));
}
