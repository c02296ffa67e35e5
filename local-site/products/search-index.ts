/** What search knows of the pages. With a lag, a change reaches it that much later: until then a page is found as it was. */
import type { Store } from './pages';
import type { PageRow } from './rows';

export interface IndexedPage extends PageRow {
  /** JSON texts: a list of names; values (JSON texts themselves) by property key. */
  readonly labels: string;
  readonly properties: string;
}
export interface SearchIndex {
  /** 0: what is stored is found at once. */
  lagMs: number;
  /** To be called after everything that may have changed a page. */
  changed(): void;
  /** Newest change first. */
  pages(): readonly IndexedPage[];
}
interface Entry {
  /** null: search does not know the page yet. */
  readonly found: IndexedPage | null;
  /** When it catches up with what is stored; null: it has. */
  readonly due: number | null;
}

const STORED = `
SELECT p.*, (SELECT json_group_array(l.name) FROM page_labels l WHERE l.page_id = p.id) AS labels,
  (SELECT json_group_object(v.key, v.value) FROM page_properties v WHERE v.page_id = p.id) AS properties
FROM pages p WHERE p.status = 'current'`;
const same = (a: IndexedPage | null, b: IndexedPage | null): boolean => JSON.stringify(a) === JSON.stringify(b);

export function createSearchIndex({ sql, clock }: Pick<Store, 'sql' | 'clock'>): SearchIndex {
  const known = new Map<number, Entry>();
  let lagMs = 0;
  const stored = (): Map<number, IndexedPage> => new Map(sql.all<IndexedPage>(STORED).map((page) => [page.id, page]));

  function changed(): void {
    if (lagMs === 0) return;
    const due = clock.now() + lagMs;
    const now = stored();
    for (const id of new Set([...known.keys(), ...now.keys()])) {
      const before = known.get(id) ?? { found: null, due: null };
      if (before.due === null && !same(before.found, now.get(id) ?? null)) known.set(id, { ...before, due });
    }
  }
  function caughtUp(): IndexedPage[] {
    const late = [...known].filter(([, { due }]) => due !== null && due <= clock.now());
    const now = late.length > 0 ? stored() : new Map<number, IndexedPage>();
    for (const [id] of late) {
      const found = now.get(id);
      if (found === undefined) known.delete(id);
      else known.set(id, { found, due: null });
    }
    return [...known.values()].flatMap(({ found }) => found ?? []);
  }

  return {
    get lagMs() {
      return lagMs;
    },
    set lagMs(ms) {
      if (ms === 0) known.clear();
      else if (lagMs === 0) for (const [id, found] of stored()) known.set(id, { found, due: null });
      lagMs = ms;
    },
    changed,
    pages: () => (lagMs === 0 ? [...stored().values()] : caughtUp()).sort((a, b) => b.version_at - a.version_at || b.id - a.id),
  };
}
