/** Files attached to pages: v1 takes them and leads to their bytes, v2 lists them. Every replacement is a version that stays. */
import { idParam, object, only, ok, paged, param, text, whole, type Call, type Reply, type Route } from './http';
import { iso } from './links';
import { editablePage, pageById, visiblePage } from './page-rules';
import { Refusal } from './refusal';
import type { AttachmentRow, PageRow } from './rows';
import { versionShape } from './v2-shapes';

const CHILD = '/wiki/rest/api/content/{id}/child/attachment';
const FILE_MAX = 5 * 1024 * 1024;
/** Kept as text; all else as bytes. */
const TEXTUAL = /^(?:text\/|application\/json$|image\/svg\+xml$)/;

const ROWS = 'SELECT a.id, a.page_id, a.name, v.number, v.media_type, v.data, v.comment, v.by, v.at FROM attachments a JOIN attachment_versions v ON v.attachment_id = a.id';
const newest = 'v.number = (SELECT MAX(number) FROM attachment_versions WHERE attachment_id = a.id)';
const ofPage = (call: Call, pageId: number): AttachmentRow[] => call.sql.all<AttachmentRow>(`${ROWS} WHERE a.page_id = ? AND ${newest} ORDER BY a.id`, pageId);
function byId(call: Call, id: string): AttachmentRow {
  const found = call.sql.get<AttachmentRow>(`${ROWS} WHERE a.id = ? AND ${newest}`, Number(/^(?:att)?(\d+)$/.exec(id)?.[1] ?? -1));
  const page = found === null ? null : pageById(call.sql, found.page_id);
  if (found === null || page === null || !call.rights.canView(page)) throw new Refusal(404, 'Not Found');
  return found;
}

const attachmentId = ({ id }: AttachmentRow): string => `att${id}`;
const downloadPath = (row: AttachmentRow): string => `/download/attachments/${row.page_id}/${encodeURIComponent(row.name)}?version=${row.number}`;

const shape = (row: AttachmentRow): Record<string, unknown> => ({
  id: attachmentId(row),
  status: 'current',
  title: row.name,
  createdAt: iso(row.at),
  pageId: String(row.page_id),
  mediaType: row.media_type,
  mediaTypeDescription: '',
  comment: row.comment,
  fileId: `file-${row.id}`,
  fileSize: Buffer.byteLength(row.data),
  webuiLink: `/pages/viewpageattachments.action?pageId=${row.page_id}`,
  downloadLink: downloadPath(row),
  version: versionShape({ number: row.number, by: row.by, at: row.at, message: row.comment }),
  _links: { webui: `/pages/viewpageattachments.action?pageId=${row.page_id}`, download: downloadPath(row) },
});
const v1Shape = (row: AttachmentRow): Record<string, unknown> => ({
  id: attachmentId(row),
  type: 'attachment',
  status: 'current',
  title: row.name,
  version: { number: row.number, when: iso(row.at), minorEdit: true },
  extensions: { mediaType: row.media_type, fileSize: Buffer.byteLength(row.data), comment: row.comment, fileId: `file-${row.id}` },
  _links: { download: downloadPath(row) },
});

function pageOf(call: Call): PageRow {
  // Confluence's protection against forms of other sites.
  if (!['nocheck', 'no-check'].includes(call.headers['x-atlassian-token'] ?? '')) throw new Refusal(403, 'XSRF check failed');
  only(call, 'status');
  return editablePage(call.sql, call.rights, whole(param(call, 'id'), 'id'), 403);
}

/** `replaces`: a file of that name gets a version; else its name has to be free. */
function attach(call: Call, replaces: boolean): Reply {
  const page = pageOf(call);
  const { file, comment, minorEdit } = object(call.body);
  const { name: fileName, type, data } = object(file);
  text(minorEdit, 'minorEdit');
  const name = text(fileName, 'file');
  if (!(data instanceof Uint8Array)) throw new Refusal(400, 'file must be a file');
  const isText = TEXTUAL.test(text(type, 'file').split(';')[0] ?? '');
  const content = isText ? Buffer.from(data).toString('utf8') : Buffer.from(data);
  if (data.byteLength > FILE_MAX) throw new Refusal(413, 'The file is larger than this site allows');
  const known = ofPage(call, page.id).find((row) => row.name === name);
  if (known !== undefined && !replaces) throw new Refusal(400, `Cannot add a new attachment with same file name as an existing attachment: ${name}`);
  const id = known?.id ?? call.sql.nextId();
  if (known === undefined) call.sql.run('INSERT INTO attachments VALUES (?, ?, ?)', id, page.id, name);
  call.sql.run('INSERT INTO attachment_versions VALUES (?, ?, ?, ?, ?, ?, ?)', id, (known?.number ?? 0) + 1, text(type, 'file'), content, typeof comment === 'string' ? comment : '', call.who.accountId, call.clock.now());
  const row = byId(call, String(id));
  return ok({ results: [v1Shape(row)], start: 0, limit: 200, size: 1, _links: { base: `${call.baseUrl}/wiki`, context: '/wiki' } });
}

function list(call: Call): Reply {
  only(call, 'filename', 'cursor', 'limit');
  const page = visiblePage(call.sql, call.rights, idParam(call, 'id'));
  const name = call.query.get('filename');
  return paged(call, ofPage(call, page.id).filter((row) => name === null || row.name === name), shape);
}
function read(call: Call): Reply {
  only(call);
  const body = shape(byId(call, param(call, 'id')));
  return ok({ ...body, _links: { ...object(body['_links']), base: `${call.baseUrl}/wiki` } });
}

/** Where the bytes are; whoever follows asks for them there. */
function lead(call: Call): Reply {
  only(call, 'version');
  const page = visiblePage(call.sql, call.rights, whole(param(call, 'id'), 'id'));
  const row = byId(call, param(call, 'attachmentId'));
  if (row.page_id !== page.id) throw new Refusal(404, 'Not Found');
  const version = call.query.get('version') === null ? row.number : whole(call.query.get('version'), 'version');
  if (version > row.number) throw new Refusal(400, 'There is no such version');
  return { status: 302, headers: { location: `${call.baseUrl}/wiki${downloadPath({ ...row, number: version })}` } };
}
/** Never shown in place: a file people attached must not run as a page of the site. */
function bytes(call: Call): Reply {
  const page = visiblePage(call.sql, call.rights, whole(param(call, 'id'), 'id'));
  const current = ofPage(call, page.id).find((row) => row.name === param(call, 'name'));
  const version = call.query.get('version');
  const row = current === undefined || version === null ? current : call.sql.get<AttachmentRow>(`${ROWS} WHERE a.id = ? AND v.number = ?`, current.id, whole(version, 'version'));
  if (row === undefined || row === null) throw new Refusal(404, 'Not Found');
  return { status: 200, ...(typeof row.data === 'string' ? { text: row.data } : { bytes: row.data }), headers: { 'content-type': row.media_type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(row.name)}`, 'x-content-type-options': 'nosniff' } };
}

export const attachmentRoutes: readonly Route[] = [
  { method: 'POST', path: CHILD, handle: (call) => attach(call, false) },
  { method: 'PUT', path: CHILD, handle: (call) => attach(call, true) },
  { method: 'GET', path: `${CHILD}/{attachmentId}/download`, handle: lead },
  { method: 'GET', path: '/wiki/api/v2/pages/{id}/attachments', handle: list },
  { method: 'GET', path: '/wiki/api/v2/attachments/{id}', handle: read },
  { method: 'GET', path: '/wiki/download/attachments/{id}/{name}', handle: bytes },
];

/** A multipart body in parts; null: it is of another kind. */
export async function formOf(headers: Readonly<Record<string, string>>, body: string | Uint8Array | null): Promise<Readonly<Record<string, unknown>> | null> {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (body === null || !type.startsWith('multipart/form-data')) return null;
  const form = await new Response(body as BodyInit, { headers: { 'content-type': type } }).formData().catch(() => null);
  if (form === null) return {};
  const parts: [string, unknown][] = [];
  for (const [name, value] of form) parts.push([name, typeof value === 'string' ? value : { name: value.name, type: value.type, data: new Uint8Array(await value.arrayBuffer()) }]);
  return Object.fromEntries(parts);
}
