/** Page templates: of one space, or of the whole site. Refusals are thrown with the vendor's status. */
import { rightsOf, type Rights } from './access';
import { parseAdf } from './adf';
import type { Store, Who } from './pages';
import { Refusal } from './refusal';
import type { TemplateRow } from './rows';

export interface NewTemplate {
  /** null: a global template. */
  readonly spaceId: number | null;
  readonly name: string;
  readonly description: string;
  /** ADF as text. */
  readonly adf: string;
  readonly labels: readonly string[];
}
export type TemplateChange = Pick<NewTemplate, 'name' | 'description' | 'adf'>;
const TEXT_MAX = 255;
/** What a template written over REST keeps of its macros: all, or none. */
export const losesMacros = (sql: Store['sql']): boolean => sql.get("SELECT value FROM product_settings WHERE key = 'templates-lose-macros'") !== null;

export class Templates {
  private readonly rights: Rights;
  constructor(
    private readonly store: Store,
    private readonly who: Who,
  ) {
    this.rights = rightsOf(store.sql, who.accountId);
  }

  /** What this person may use, by name. */
  list(): TemplateRow[] {
    return this.store.sql.all<TemplateRow>('SELECT * FROM templates ORDER BY name, id').filter((row) => this.sees(row.space_id));
  }
  /** 404, the same for hidden and for missing. */
  get(id: number): TemplateRow {
    const row = this.store.sql.get<TemplateRow>('SELECT * FROM templates WHERE id = ?', id);
    if (row === null || !this.sees(row.space_id)) throw new Refusal(404, 'No template with this id');
    return row;
  }
  create({ spaceId, name, description, adf, labels }: NewTemplate): TemplateRow {
    if (!this.sees(spaceId)) throw new Refusal(404, 'No space with this id');
    this.requireAdmin(spaceId);
    const { sql, clock } = this.store;
    const id = sql.nextId();
    sql.run('INSERT INTO templates VALUES (?, ?, ?, ?, ?, ?, ?, ?)', id, spaceId, named(name), described(description), checked(adf), JSON.stringify(labels), this.who.accountId, clock.now());
    return this.get(id);
  }
  update(id: number, { name, description, adf }: TemplateChange): TemplateRow {
    this.requireAdmin(this.get(id).space_id);
    const { sql, clock } = this.store;
    sql.run('UPDATE templates SET name = ?, description = ?, adf = ?, by = ?, at = ? WHERE id = ?', named(name), described(description), checked(adf), this.who.accountId, clock.now(), id);
    return this.get(id);
  }
  remove(id: number): void {
    this.requireAdmin(this.get(id).space_id);
    this.store.sql.run('DELETE FROM templates WHERE id = ?', id);
  }
  /** Of a space its administrators, of the site the administrators of Confluence. */
  mayManage(spaceId: number | null): boolean {
    return spaceId === null ? this.rights.isAdmin : this.rights.space(spaceId) === 'admin';
  }

  private sees(spaceId: number | null): boolean {
    return spaceId === null || this.rights.space(spaceId) !== null;
  }
  private requireAdmin(spaceId: number | null): void {
    if (!this.mayManage(spaceId)) throw new Refusal(403, spaceId === null ? 'Only administrators of Confluence may change global templates' : 'Only administrators of the space may change its templates');
  }
}

const checked = (adf: string): string => JSON.stringify(parseAdf(adf));

function named(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new Refusal(400, 'A template name is required');
  if (trimmed.length > TEXT_MAX) throw new Refusal(400, `A template name cannot be longer than ${TEXT_MAX} characters`);
  return trimmed;
}
function described(description: string): string {
  if (description.length > TEXT_MAX) throw new Refusal(400, `A description cannot be longer than ${TEXT_MAX} characters`);
  return description;
}
