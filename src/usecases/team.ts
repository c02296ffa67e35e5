/** Roles, situation and impact, where people gather, and the cause. */
import type { IncidentHeadView } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { holderOf, LINE_MAX, ROLE_NAME_MAX, roleId, setCause, setLine, setPlaces, setRole } from '../domain/team';
import type { IncidentHead } from '../domain/model';
import type { Ports } from '../ports';
import { isLetIn } from './audience';
import type { Caller } from './caller';
import { accept, acceptedBefore, changedByOther, press, proveEditor, type Pressed } from './press';
import { typedAddress, typedLine } from './typed';
import { deploysOf, headView } from './views';

/** Of a private incident a role is no use to whom its page is hidden from: they have to be added first, which is said and offered. */
async function proveLetIn(ports: Ports, caller: Caller, p: Pressed, { visibility, page }: IncidentHead, person: string): Promise<void> {
  if (visibility !== 'private' || page?.state !== 'current' || (await acceptedBefore(ports, caller, p)) !== null) return;
  if (!(await isLetIn(ports, page.id, person))) throw new AppFailure('conflict', 'error.role-not-let-in', {}, 'audience');
}

export async function pressRole(ports: Ports, caller: Caller, p: Pressed & { role: { id: string } | { name: string }; person: string | null; seen: string | null }): Promise<IncidentHeadView> {
  const id = roleId('name' in p.role ? { name: typedLine(p.role.name, ROLE_NAME_MAX, 'role') } : p.role);
  if (id === null) throw badRequest('role', 'error.role-unknown');
  const head = await proveEditor(ports, caller, p);
  const person = p.person === 'me' ? caller.accountId : p.person;
  if (person !== null && person !== caller.accountId && !(await ports.access.knowsPerson(person))) throw badRequest('person', 'error.person-unknown');
  if (person !== null && person !== caller.accountId) await proveLetIn(ports, caller, p, head, person);
  const incident = await accept(ports, caller, p, (current, by) => {
    const holder = holderOf(current, id);
    if (holder !== p.seen && holder !== person) throw changedByOther('role');
    const after = setRole(current, id, person, by);
    if (after === current && holder !== person) throw new AppFailure('bad-request', 'error.roles-full', {}, 'role');
    return after;
  });
  return headView(incident.head);
}

export async function pressLine(ports: Ports, caller: Caller, p: Pressed & { line: 'situation' | 'impact'; text: string; base: number }): Promise<IncidentHeadView> {
  const text = typedLine(p.text, LINE_MAX, 'text');
  const incident = await press(ports, caller, p, (current, by) => {
    if ((current.head[p.line]?.v ?? 0) !== p.base) throw changedByOther(p.line);
    return setLine(current, p.line, text, by);
  });
  return headView(incident.head);
}

/** Calls and chats stand in the head of the record, which is kept small. */
const PLACE_MAX = 500;
export async function pressPlaces(ports: Ports, caller: Caller, p: Pressed & { call: string | null; chat: string | null; base: number }): Promise<IncidentHeadView> {
  const places = { call: typedAddress(p.call, 'call', PLACE_MAX), chat: typedAddress(p.chat, 'chat', PLACE_MAX) };
  const incident = await press(ports, caller, p, (current, by) => {
    if ((current.head.places?.v ?? 0) !== p.base) throw changedByOther('places');
    return setPlaces(current, places, by);
  });
  return headView(incident.head);
}

/** A person's judgement; the deploy mark is one this incident has heard of, whatever the caller calls it. */
export async function pressCause(ports: Ports, caller: Caller, p: Pressed & { cause: 'none' | 'change' | { deployId: string } }): Promise<IncidentHeadView> {
  const { cause } = p;
  const incident = await press(ports, caller, p, (current, by) => {
    if (typeof cause === 'string') return setCause(current, cause === 'change', null, by);
    const deploy = deploysOf(current).find((mark) => mark.id === cause.deployId);
    if (deploy === undefined) throw badRequest('cause', 'error.deploy-unknown');
    return setCause(current, true, deploy, by);
  });
  return headView(incident.head);
}
