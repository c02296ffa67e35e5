/** What people write on a page, against what the app puts there: ten thousand of their edits, half of them in drafts, and not a byte of theirs is lost. */
import fc from 'fast-check';
import type { PageBody } from '../../src/adapters/confluence/edit-page';
import { fill, type PageDoor } from '../../src/adapters/confluence/review/fill';
import { headings, type Part } from '../../src/adapters/confluence/review/insert';
import type { Node } from '../../src/adapters/confluence/review/own-part';
import type { FillSection } from '../../src/contract';

type Json = { type: string; text?: string; attrs?: Record<string, unknown>; content?: Json[] };
const SECTIONS: readonly FillSection[] = ['summary', 'alerts', 'questions'];
const text = (words: string): Json => ({ type: 'text', text: words });
const paragraph = (words: string): Json => ({ type: 'paragraph', content: [text(words)] });
const heading = (words: string, level: number): Json => ({ type: 'heading', attrs: { level }, content: [text(words)] });
const table = (words: string): Json => ({ type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs: {}, content: [paragraph(words)] }] }] });
const layout = (words: string): Json => ({ type: 'layoutSection', content: [{ type: 'layoutColumn', attrs: { width: 50 }, content: [heading(words, 2), paragraph(words)] }, { type: 'layoutColumn', attrs: { width: 50 }, content: [paragraph(words)] }] });
const partsOf = (facts: readonly number[]): readonly Part[] =>
  SECTIONS.map((id, index) => ({ id, node: { type: 'expand', attrs: { title: id }, content: [paragraph(`${id} ${facts[index] ?? 0}`), table(`fact ${facts[index] ?? 0}`)] } }));

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const all = (node: Json): readonly Json[] => [node, ...(node.content ?? []).flatMap(all)];

/** A page that people and the app share, and what of it is the app's as this test saw it written. */
class Page {
  version = 1;
  doc: Json;
  draft: Json | null = null;
  /** Since the draft was opened. */
  appWrote = false;
  /** Every form in which something of the app's stood here with no hand laid on it. */
  readonly written = new Set<string>();

  constructor() {
    this.doc = { type: 'doc', content: [heading('Summary', 2), paragraph('what we know'), layout('Impact'), heading('Review', 2), paragraph('…'), heading('Review', 2)] };
  }

  publish(doc: Json): void {
    this.doc = doc;
    this.version += 1;
  }
  open(): void {
    if (this.draft === null) this.appWrote = false;
    this.draft ??= copy(this.doc);
  }
  /** The draft as it is published: in the page's place, with what the app wrote since laid into it, or once more on the newest page. */
  drafted(draft: Json, how: 'replaces' | 'merges' | 'refused'): Json {
    if (how === 'refused') return this.doc;
    const known = new Set(all(draft).map((node) => JSON.stringify(node)));
    const since = all(this.doc).filter((node) => this.isOwn(node) && !known.has(JSON.stringify(node)));
    return how === 'replaces' ? draft : { ...draft, content: [...(draft.content ?? []), ...since.map(copy)] };
  }
  isOwn = (node: Json): boolean => node.type === 'expand' && this.written.has(JSON.stringify(node));
  /** What people wrote: everything but what is the app's and untouched. */
  human(doc: Json): Json {
    const { content, ...rest } = doc;
    return content === undefined ? rest : { ...rest, content: content.filter((node) => !this.isOwn(node)).map((node) => this.human(node)) };
  }
}

/** One thing a person does to a document; numbers choose what and where. Where there is nothing to do it on, nothing happens. */
type Edit = readonly [kind: number, where: number, what: number];
const EDITS = 8;
function edit(page: Page, before: Json, [kind, where, what]: Edit): Json {
  const doc = copy(before);
  const pick = (nodes: readonly Json[]): Json | undefined => nodes[where % Math.max(1, nodes.length)];
  const boxes = all(doc).filter(({ type }) => ['doc', 'layoutColumn', 'expand', 'tableCell'].includes(type));
  const texts = all(doc).filter(({ type }) => type === 'text');
  const parents = all(doc).filter(({ content, type }) => (content?.length ?? 0) > 0 && type !== 'layoutSection');
  switch (kind % EDITS) {
    case 0:
    case 1: {
      const box = pick(boxes);
      const made = [paragraph(`human ${what}`), heading(['Review', 'Impact', `h${what}`][what % 3] ?? '', 1 + (what % 3)), table(`human ${what}`), paragraph(`fact ${what}`)][what % 4];
      if (made !== undefined) box?.content?.splice(what % ((box.content.length ?? 0) + 1), 0, made);
      return doc;
    }
    case 2: {
      const found = pick(texts);
      if (found !== undefined) found.text = what % 5 === 0 ? `${what}` : `${found.text ?? ''}${what}`;
      return doc;
    }
    case 3: {
      const parent = pick(parents);
      parent?.content?.splice(what % parent.content.length, 1);
      return doc;
    }
    case 4: {
      // Cut and pasted elsewhere, or copied.
      const own = doc.content ?? [];
      const node = own[where % Math.max(1, own.length)];
      if (node === undefined) return doc;
      if (what % 2 === 0) own.splice(where % own.length, 1);
      own.splice(what % (own.length + 1), 0, copy(node));
      return doc;
    }
    case 5: {
      // An editor that gives ids and defaults to what it opens, and parts runs of text: nobody laid a hand on it.
      for (const node of all(doc).filter(page.isOwn)) {
        for (const inner of all(node).filter(({ type }) => type === 'paragraph' || type === 'table')) inner.attrs = { ...inner.attrs, localId: `id-${what}`, isNumberColumnEnabled: false };
        const [first] = all(node).filter(({ type }) => type === 'paragraph');
        const words = first?.content?.[0]?.text ?? '';
        if (first !== undefined && words.length > 2) first.content = [text(words.slice(0, 1)), text(words.slice(1))];
        page.written.add(JSON.stringify(node));
      }
      return doc;
    }
    case 6: {
      const node = pick(all(doc).filter(({ type }) => type === 'expand'));
      if (node === undefined) return doc;
      const wasOwn = page.isOwn(node);
      node.attrs = what % 2 === 0 ? { ...node.attrs, title: `mine ${what}` } : { title: node.attrs?.['title'] };
      // A product that forgets ids lays no hand on it either.
      if (wasOwn && what % 2 === 1) page.written.add(JSON.stringify(node));
      return doc;
    }
    default: {
      const node = pick(all(doc).filter(({ type }) => type === 'tableCell'));
      if (node !== undefined) node.attrs = { ...node.attrs, background: `#${what}` };
      return doc;
    }
  }
}

const outcomes = new Map<string, number>();
const count = (what: string): void => void outcomes.set(what, (outcomes.get(what) ?? 0) + 1);

/**
 * What happens between the app's look and its write: people publish something, or open the editor, which saves the draft all of
 * them share; the write is refused by a product in trouble, or done and its answer lost.
 */
type Meanwhile = Edit | 'opens' | 'fails' | 'answer lost';

/** `meanwhile`: try by try. */
function doorTo(page: Page, meanwhile: readonly Meanwhile[], lost: (before: Json, after: Json) => void): PageDoor {
  const waiting = [...meanwhile];
  return {
    read: () => Promise.resolve<PageBody>({ title: 'Incident', version: page.version, adf: JSON.stringify(page.doc), isDrafted: page.draft !== null }),
    write({ version }, adf) {
      const theirs = waiting.shift();
      if (theirs === 'fails') return Promise.reject(new Error(theirs));
      if (theirs === 'opens') page.open();
      else if (theirs !== undefined && theirs !== 'answer lost') {
        count('edit');
        page.publish(edit(page, page.doc, theirs));
      }
      if (version !== page.version) return Promise.resolve('conflict');
      const before = page.doc;
      const after = JSON.parse(adf) as Json;
      const known = new Set(all(before).filter(({ type }) => type === 'expand').map((node) => JSON.stringify(node)));
      const fresh = all(after).filter((node) => node.type === 'expand' && String(node.attrs?.['localId'] ?? '').startsWith('review-') && !known.has(JSON.stringify(node)));
      for (const node of fresh) page.written.add(JSON.stringify(node));
      lost(before, after);
      page.appWrote = true;
      page.publish(after);
      if (theirs === 'answer lost') return Promise.reject(new Error(theirs));
      return Promise.resolve('written');
    },
  };
}

type Step = { readonly do: 'edit'; readonly edit: Edit } | { readonly do: 'draft' } | { readonly do: 'publish'; readonly edits: readonly Edit[]; readonly how: 'replaces' | 'merges' | 'refused' } | { readonly do: 'fill'; readonly facts: readonly number[]; readonly parts: number; readonly place: number; readonly meanwhile: readonly Meanwhile[] };
const small = fc.nat({ max: 60 });
const anEdit: fc.Arbitrary<Edit> = fc.tuple(small, small, small);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), edit: anEdit }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('draft' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), edits: fc.array(anEdit, { minLength: 1, maxLength: 4 }), how: fc.constantFrom('replaces' as const, 'merges' as const, 'refused' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fill' as const), facts: fc.array(fc.nat({ max: 3 }), { minLength: 3, maxLength: 3 }), parts: fc.integer({ min: 1, max: 7 }), place: fc.nat({ max: 5 }), meanwhile: fc.array(fc.oneof({ weight: 2, arbitrary: anEdit }, { weight: 1, arbitrary: fc.constantFrom('opens' as const, 'fails' as const, 'answer lost' as const) }), { maxLength: 5 }) }) },
);

test('whatever people do before, between and during, what they wrote stands as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const page = new Page();
      let known: Record<string, string[]> = {};
      for (const one of steps) {
        if (one.do === 'edit') {
          page.publish(edit(page, page.doc, one.edit));
          count('edit');
        } else if (one.do === 'draft') page.open();
        else if (one.do === 'publish') {
          if (page.draft === null) continue;
          one.edits.forEach(() => count('edit of a draft'));
          if (page.appWrote) count(`draft under which the app wrote ${one.how}`);
          page.publish(one.edits.reduce((doc, made) => edit(page, doc, made), page.drafted(page.draft, one.how)));
          page.draft = null;
        } else {
          const parts = partsOf(one.facts).filter((_part, index) => (one.parts & (1 << index)) !== 0);
          const offered = headings(page.doc as Node);
          const chosen = offered[one.place];
          const place = chosen === undefined ? null : { heading: chosen.heading, nth: chosen.nth };
          const [version, before, wasDrafted] = [page.version, JSON.stringify(page.doc), page.draft !== null];
          const door = doorTo(page, one.meanwhile, (was, is) => expect(page.human(is)).toEqual(page.human(was)));
          const filling = { incidentId: 'i1', parts, known, place };
          const answer = await fill(door, filling).catch((error: unknown) => String(error));
          if (typeof answer === 'string' && /^Error: (fails|answer lost)$/.test(answer)) {
            count(answer);
            continue;
          }
          if (typeof answer === 'string') {
            expect([answer, one.meanwhile.length]).toEqual(['AppFailure: busy: error.busy', expect.any(Number)]);
            expect(one.meanwhile.length).toBeGreaterThanOrEqual(4);
            count('busy');
            continue;
          }
          count(answer.outcome);
          for (const { did } of answer.did) count(did);
          if (wasDrafted) expect([answer.outcome, page.version, JSON.stringify(page.doc)]).toEqual(['drafted', version, before]);
          if (answer.outcome !== 'written') continue;
          known = { ...known, ...Object.fromEntries(Object.entries(answer.hashes).map(([id, hash]) => [id, [...(known[id] ?? []), hash]])) };
          if (page.draft !== null) continue;
          // Pressed again there is nothing left to do, wherever it is to stand.
          const again = await fill(doorTo(page, [], () => undefined), { ...filling, known });
          expect([again.outcome, again.did.map(({ did }) => did).filter((did) => did !== 'unchanged' && did !== 'kept')]).toEqual(['nothing', []]);
        }
      }
    }),
    { numRuns: 1700 },
  );
  // The stories went everywhere they can go.
  const wrote = ['merges', 'refused', 'replaces'].map((how) => `draft under which the app wrote ${how}`);
  expect([...outcomes.keys()].sort()).toEqual(['Error: answer lost', 'Error: fails', 'busy', ...wrote, 'drafted', 'edit', 'edit of a draft', 'inserted', 'kept', 'nothing', 'place-gone', 'unchanged', 'updated', 'written']);
  const [direct, drafts] = [outcomes.get('edit') ?? 0, outcomes.get('edit of a draft') ?? 0];
  expect(direct).toBeGreaterThan(5_000);
  expect(drafts).toBeGreaterThan(5_000);
}, 120_000);

test('a byte of theirs that went missing would have been seen', () => {
  const page = new Page();
  const mine = { type: 'expand', attrs: { title: 'summary' }, content: [paragraph('of the app')] };
  page.written.add(JSON.stringify(mine));
  const before = { type: 'doc', content: [paragraph('theirs'), mine] };
  expect(page.human(before)).toEqual({ type: 'doc', content: [paragraph('theirs')] });
  expect(page.human({ type: 'doc', content: [mine, paragraph('their')] })).not.toEqual(page.human(before));
  const touched = { ...mine, content: [...mine.content, paragraph('theirs too')] };
  expect(page.human({ type: 'doc', content: [paragraph('theirs')] })).not.toEqual(page.human({ type: 'doc', content: [paragraph('theirs'), touched] }));
});

test('below a heading it stands at the end of what is said there, and pressed again it stays there', async () => {
  const page = new Page();
  const [summary] = partsOf([1, 2, 3]);
  if (summary === undefined) throw new Error('no part');
  const filled = async (place: { heading: string; nth: number } | null) => await fill(doorTo(page, [], () => undefined), { incidentId: 'i1', parts: [summary], known: {}, place });
  const order = (): readonly string[] => (page.doc.content ?? []).map(({ type }) => type);
  expect((await filled({ heading: 'Review', nth: 7 })).outcome).toBe('place-gone');
  expect((await filled({ heading: 'Review', nth: 0 })).did).toEqual([{ id: 'summary', did: 'inserted' }]);
  expect(order()).toEqual(['heading', 'paragraph', 'layoutSection', 'heading', 'paragraph', 'expand', 'heading']);
  expect((await filled(null)).did).toEqual([{ id: 'summary', did: 'unchanged' }]);
});
