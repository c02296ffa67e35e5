/** Roles, situation and impact, where people gather, and the cause. */
import type { IncidentHeadView } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import { isHttps } from '../domain/links';
import { holderOf, roleId, setCause, setLine, setPlaces, setRole } from '../domain/team';
import type { Ports } from '../ports';
import type { Caller } from './caller';
import { changedByOther, press, type Pressed } from './press';
import { proveEditor } from './prove';
import { deploysOf, headView } from './views';

export async function pressRole(ports: Ports, caller: Caller, p: Pressed & { role: { id: string } | { name: string }; person: string | null; seen: string | null }): Promise<IncidentHeadView> {
  const id = roleId(p.role);
  if (id === null) throw badRequest('role', 'error.role-unknown');
  await proveEditor(ports, caller, p.incidentId);
  const person = p.person === 'me' ? caller.accountId : p.person;
  if (person !== null && person !== caller.accountId && !(await ports.access.knowsPerson(person))) throw badRequest('person', 'error.person-unknown');
  const incident = await press(ports, caller, p, (current, by) => {
    const holder = holderOf(current, id);
    if (holder !== p.seen && holder !== person) throw changedByOther('role');
    const after = setRole(current, id, person, by);
    if (after === current && holder !== person) throw new AppFailure('bad-request', 'error.roles-full', {}, 'role');
    return after;
  });
  return headView(incident.head);
}

export async function pressLine(ports: Ports, caller: Caller, p: Pressed & { line: 'situation' | 'impact'; text: string; base: number }): Promise<IncidentHeadView> {
  const incident = await press(ports, caller, p, (current, by) => {
    if ((current.head[p.line]?.v ?? 0) !== p.base) throw changedByOther(p.line);
    return setLine(current, p.line, p.text, by);
  });
  return headView(incident.head);
}

/** null stays null; anything but https is refused. */
function address(value: string | null, field: string): string | null {
  if (value === null || value.trim() === '') return null;
  if (!isHttps(value.trim())) throw badRequest(field, 'error.link-https');
  return new URL(value.trim()).href;
}

export async function pressPlaces(ports: Ports, caller: Caller, p: Pressed & { call: string | null; chat: string | null; base: number }): Promise<IncidentHeadView> {
  const places = { call: address(p.call, 'call'), chat: address(p.chat, 'chat') };
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
