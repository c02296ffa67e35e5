/** Confluence v1: copying and moving single pages. */
import { object, ok, only, oneOf, param, text, whole, type Call, type Reply, type Route } from './http';
import { spaceById, visiblePage } from './page-rules';
import { Refusal, Unmodelled } from './refusal';
import type { SpaceRow } from './rows';
import { contentShape } from './v1-shapes';

/** Space and parent the copy goes to. Throws Refusal 404 where the caller sees neither, 403 where they may not create pages. */
function destination(call: Call, given: unknown): { spaceId: number; parentId: number | null } {
  const type = oneOf(text(object(given)['type'], 'destination.type'), ['parent_page', 'space'], 'destination.type');
  const value = text(object(given)['value'], 'destination.value');
  const found = type === 'space' ? call.sql.get<SpaceRow>('SELECT * FROM spaces WHERE key = ?', value) : null;
  const parent = type === 'parent_page' ? visiblePage(call.sql, call.rights, whole(value, 'destination.value')) : null;
  const spaceId = parent?.space_id ?? found?.id;
  if (spaceId === undefined || call.rights.space(spaceId) === null) throw new Refusal(404, 'The destination does not exist');
  if (!call.rights.canCreate(spaceId)) throw new Refusal(403, 'Not permitted to create pages at the destination');
  return { spaceId, parentId: parent?.id ?? null };
}

function copy(call: Call): Reply {
  only(call);
  const page = visiblePage(call.sql, call.rights, whole(param(call, 'id'), 'id'));
  const body = object(call.body);
  if (body['copyPermissions'] === true) throw new Unmodelled('copies with permissions');
  if (body['body'] !== undefined) throw new Unmodelled('copies with another body');
  const made = call.pages.copy(page.id, {
    ...destination(call, body['destination']),
    title: body['pageTitle'] === undefined ? page.title : text(body['pageTitle'], 'pageTitle'),
    properties: body['copyProperties'] === true,
    labels: body['copyLabels'] === true,
  });
  return ok(contentShape(call, made, spaceById(call.sql, made.space_id) as SpaceRow, ['space', 'history', 'version']), 1);
}

function move(call: Call): Reply {
  only(call);
  oneOf(param(call, 'position'), ['append'], 'position');
  const moved = call.pages.move(whole(param(call, 'pageId'), 'pageId'), whole(param(call, 'targetId'), 'targetId'));
  return ok({ pageId: String(moved.id) });
}

export const copyMoveRoutes: readonly Route[] = [
  { method: 'POST', path: '/wiki/rest/api/content/{id}/copy', handle: copy },
  { method: 'PUT', path: '/wiki/rest/api/content/{pageId}/move/{position}/{targetId}', handle: move },
];
