/** Who may see a private incident's page. Confluence has the list: it is read there, and changed there as the person who presses. */
import type { AudienceView, IncidentHeadView, Who } from '../contract';
import { letIn, takeOff, type Told } from '../domain/audience';
import { AppFailure, badRequest } from '../domain/failure';
import type { IncidentHead } from '../domain/model';
import type { Actor, Audience, Ports } from '../ports';
import type { Caller } from './caller';
import { noteShown } from './hidden-page';
import { accept, acceptedBefore, proveEditor, type Pressed } from './press';
import { proveMayEdit } from './prove';
import { endViewingKeys } from './viewing';
import { headView } from './views';

const USER: Actor = { as: 'user' };
const APP: Actor = { as: 'app' };

const same = (who: Who) => (one: { readonly accountId?: string; readonly id?: string }): boolean => ('accountId' in who ? one.accountId === who.accountId : one.id === who.groupId);

function pageOf({ page }: IncidentHead): string {
  if (page === null || page.state !== 'current') throw new AppFailure('conflict', 'error.page-gone');
  return page.id;
}
async function listOf(ports: Ports, pageId: string): Promise<Audience> {
  const audience = await ports.audience.read(pageId, USER);
  if (audience === null) throw new AppFailure('page-refused', 'error.page-refused.audience');
  return audience;
}

/** As Confluence has it now, for those who may change it. */
export async function audienceOf(ports: Ports, caller: Caller, incidentId: string): Promise<AudienceView> {
  const head = await proveMayEdit(ports, caller, incidentId);
  if (head.visibility !== 'private') throw new AppFailure('conflict', 'error.audience-public');
  const [{ people, groups }, app] = await Promise.all([listOf(ports, pageOf(head)), ports.audience.self()]);
  return { people: people.filter(({ accountId }) => accountId !== app), groups, app: { account: { accountId: app }, isNamed: people.some(({ accountId }) => accountId === app) } };
}

/** Whether the page's list lets a person see it; theirs may be one of the groups. */
export async function isLetIn(ports: Ports, pageId: string, accountId: string): Promise<boolean> {
  const { people, groups } = await listOf(ports, pageId);
  if ((people.length === 0 && groups.length === 0) || people.some((one) => one.accountId === accountId)) return true;
  for (const { name } of groups) if (await ports.access.inGroup(accountId, name)) return true;
  return false;
}

/** What the record calls somebody. @throws AppFailure bad-request for whom the caller cannot see */
async function toldOf(ports: Ports, who: Who): Promise<Told> {
  if ('accountId' in who) {
    if (!(await ports.access.knowsPerson(who.accountId))) throw badRequest('who', 'error.person-unknown');
    return who;
  }
  const group = await ports.audience.groupName(who.groupId);
  if (group === null) throw badRequest('who', 'error.group-not-found');
  return { group };
}

/** Those named at declaring, checked. */
export async function subjectsOf(ports: Ports, people: readonly string[], groupIds: readonly string[]): Promise<{ readonly people: readonly string[]; readonly groups: readonly { readonly id: string; readonly name: string }[] }> {
  for (const accountId of people) await toldOf(ports, { accountId });
  const groups = await Promise.all(groupIds.map(async (id) => ({ id, told: await toldOf(ports, { groupId: id }) })));
  return { people, groups: groups.flatMap(({ id, told }) => ('group' in told ? [{ id, name: told.group }] : [])) };
}

/** Adds a person or group; or the app's own account, which may be missing on any page that was restricted by hand. */
export async function pressLetIn(ports: Ports, caller: Caller, p: Pressed & { who: Who }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p);
  const isApp = 'accountId' in p.who && p.who.accountId === (await ports.audience.self());
  if (head.visibility !== 'private' && !isApp) throw new AppFailure('conflict', 'error.audience-public');
  const pageId = pageOf(head);
  if ((await acceptedBefore(ports, caller, p)) === null) {
    const told = await toldOf(ports, p.who);
    const { people, groups } = await listOf(ports, pageId);
    if (people.length === 0 && groups.length === 0) throw new AppFailure('conflict', 'error.audience-open');
    await ports.audience.add(pageId, p.who, USER);
    const incident = await accept(ports, caller, p, (current, by) => letIn(current, told, by));
    if (!isApp) return headView(incident.head);
  }
  return headView(isApp ? await noteShown(ports, head.id) : ((await ports.incidents.head(head.id)) ?? head));
}

/** Somebody has to be left who can change the page: a person named for it, or the presser as one of a group. */
async function isTended(ports: Ports, caller: Caller, app: string, { people, groups }: Audience, without: Who): Promise<boolean> {
  if (people.some((one) => one.canEdit && one.accountId !== app && !same(without)(one))) return true;
  for (const group of groups) if (group.canEdit && !same(without)(group) && (await ports.access.inGroup(caller.accountId, group.name))) return true;
  return false;
}
const lastEditor = (): AppFailure => new AppFailure('conflict', 'error.audience-last', {}, 'who');

/** Takes a person or group off, with effect at once: what they were allowed to read before ends too. */
export async function pressTakeOff(ports: Ports, caller: Caller, p: Pressed & { who: Who }): Promise<IncidentHeadView> {
  const head = await proveEditor(ports, caller, p);
  if (head.visibility !== 'private') throw new AppFailure('conflict', 'error.audience-public');
  const pageId = pageOf(head);
  const before = await acceptedBefore(ports, caller, p);
  if (before !== null) return headView(before.head);
  const app = await ports.audience.self();
  if ('accountId' in p.who && p.who.accountId === app) throw badRequest('who', 'error.audience-app');
  const audience = await listOf(ports, pageId);
  const group = audience.groups.find(same(p.who));
  const isNamed = group !== undefined || audience.people.some(same(p.who));
  // A closed account cannot be looked up any more, and an own earlier try may have taken them off already.
  const told: Told = group !== undefined ? { group: group.name } : isNamed && 'accountId' in p.who ? p.who : await toldOf(ports, p.who);
  if (isNamed) {
    if (!(await isTended(ports, caller, app, audience, p.who))) throw lastEditor();
    await ports.audience.remove(pageId, p.who, USER);
    // Two at once may each have counted on the other. The app still sees the page, the presser perhaps not.
    const left = await ports.audience.read(pageId, APP);
    if (left !== null && !(await isTended(ports, caller, app, left, p.who))) {
      await ports.audience.add(pageId, p.who, APP);
      throw lastEditor();
    }
  }
  await endViewingKeys(ports, head.id);
  return headView((await accept(ports, caller, p, (current, by) => takeOff(current, told, by))).head);
}
