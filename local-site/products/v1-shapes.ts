/** Rows in the shapes of Confluence's v1 API. */
import type { Call } from './http';
import { iso, pagePath } from './links';
import { Refusal } from './refusal';
import type { PageRow, SpaceRow } from './rows';
import { account, ADMIN, APP_ACCOUNT } from './users';

/** A person. `withOperations`: what they may do on the whole site, too. Throws Refusal 404 for an account that does not exist. */
export function person(accountId: string, withOperations: boolean): Record<string, unknown> {
  const user = account(accountId);
  if (user === null) throw new Refusal(404, `No user found with account id ${accountId}`);
  const can = (operation: string): unknown => ({ operation, targetType: 'application' });
  return {
    type: 'known',
    accountId: user.accountId,
    accountType: accountId === APP_ACCOUNT ? 'app' : 'atlassian',
    email: '',
    publicName: user.displayName,
    displayName: user.displayName,
    timeZone: user.timezone,
    isExternalCollaborator: false,
    profilePicture: { path: '/wiki/aa-avatar/default', width: 48, height: 48, isDefault: true },
    ...(withOperations ? { operations: [can('use'), ...(accountId === ADMIN ? [can('create_space'), can('administer')] : [])] } : {}),
    _expandable: withOperations ? { personalSpace: '' } : { operations: '', personalSpace: '' },
    _links: {},
  };
}

export type ContentPart = 'space' | 'version' | 'history';

/** A page; `parts` are those that are not merely named under `_expandable`. */
export function contentShape(call: Call, page: PageRow, space: SpaceRow, parts: readonly ContentPart[]): Record<string, unknown> {
  const all: Record<ContentPart, unknown> = {
    space: { id: space.id, key: space.key, name: space.name, type: 'global', status: 'current', _expandable: {}, _links: { webui: `/spaces/${space.key}` } },
    version: { number: page.version, when: iso(page.version_at), message: page.version_message, minorEdit: false, by: { type: 'known', accountId: page.version_by } },
    history: { latest: true, createdBy: person(page.author_id, false), createdDate: iso(page.created_at), _expandable: {}, _links: {} },
  };
  return {
    id: String(page.id),
    type: 'page',
    status: page.status,
    title: page.title,
    ...Object.fromEntries(parts.map((part) => [part, all[part]])),
    _expandable: {},
    _links: { webui: pagePath(space.key, page), self: `${call.baseUrl}/wiki/rest/api/content/${page.id}` },
  };
}
