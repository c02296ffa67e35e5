/** What search knows of the pages. */
import { lagging, type Lagging } from './lag';
import type { Store } from './pages';
import type { PageRow } from './rows';

export interface IndexedPage extends PageRow {
  /** JSON texts: a list of names; values (JSON texts themselves) by property key. */
  readonly labels: string;
  readonly properties: string;
}
export interface SearchIndex extends Lagging<IndexedPage> {
  /** Newest change first. */
  rows(): readonly IndexedPage[];
}

const STORED = `
SELECT p.*, (SELECT json_group_array(l.name) FROM page_labels l WHERE l.page_id = p.id) AS labels,
  (SELECT json_group_object(v.key, v.value) FROM page_properties v WHERE v.page_id = p.id) AS properties
FROM pages p WHERE p.status = 'current'`;

export function createSearchIndex({ sql, clock }: Pick<Store, 'sql' | 'clock'>): SearchIndex {
  const index = lagging(clock, () => sql.all<IndexedPage>(STORED));
  const { rows } = index;
  return Object.assign(index, { rows: () => [...rows()].sort((a, b) => b.version_at - a.version_at || b.id - a.id) });
}
