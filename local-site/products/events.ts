/** Page events as the platform hands them to trigger functions: no body, no labels. */
import type { ProductEvent } from '../types';
import { rightsOf } from './access';
import { iso } from './links';
import type { PageRow, SpaceRow } from './rows';
import type { Sql } from './sql';
import { APP_ACCOUNT } from './users';

export type PageEventName = 'created' | 'updated' | 'trashed' | 'restored' | 'deleted' | 'moved' | 'copied' | 'permissions_updated';
/** Who caused it; `byApp`: through the app, as itself or for its user. */
export interface Actor {
  readonly accountId: string;
  readonly byApp: boolean;
}

function content(sql: Sql, page: PageRow): Record<string, unknown> {
  const space = sql.get<SpaceRow>('SELECT * FROM spaces WHERE id = ?', page.space_id);
  const person = (accountId: string): unknown => ({ type: 'known', accountId });
  return {
    id: String(page.id),
    type: 'page',
    subType: null,
    status: page.status,
    title: page.title,
    space: { id: page.space_id, key: space?.key, alias: space?.key, name: space?.name, type: 'global' },
    history: { createdBy: person(page.author_id), ownedBy: person(page.author_id), createdDate: iso(page.created_at) },
    version: { by: person(page.version_by), when: iso(page.version_at), number: page.version },
  };
}

/** null where the app is not let in to the page: it hears nothing of it. `at` is epoch ms. */
export function pageEvent(sql: Sql, name: PageEventName, page: PageRow, actor: Actor, at: number, extra: { readonly before?: PageRow; readonly originId?: number } = {}): ProductEvent | null {
  if (page.status === 'draft' || !rightsOf(sql, APP_ACCOUNT).canView(page)) return null;
  const eventType = `avi:confluence:${name}:page`;
  return {
    eventType,
    body: {
      eventType,
      atlassianId: actor.accountId,
      eventCreatedDate: iso(at),
      suppressNotifications: false,
      selfGenerated: actor.byApp,
      ...(name === 'updated' ? { updateTrigger: 'edit_page' } : {}),
      content: content(sql, page),
      ...(extra.before ? { prevContent: content(sql, extra.before) } : {}),
      ...(extra.originId === undefined ? {} : { originContentId: String(extra.originId) }),
    },
  };
}
