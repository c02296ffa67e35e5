/** Pure transitions of what the team says of itself: roles, situation, impact, where it gathers, the cause, its own graphs. */
import { alreadyDone, pressed, type Press } from './change';
import type { Cause, Deploy, GraphPick, HeadPatch, Incident, RoleHolder } from './record';
import { ROLES } from './scheme';
import { plainLine } from './text';

const ROLES_AT_MOST = 12;
export const ROLE_NAME_MAX = 40;
const GRAPHS_AT_MOST = 12;
export const LINE_MAX = 200;

const FREE = 'x:';
/** `commander` …, or `x:<name>` of a free-named role; null: no such role can be. */
export function roleId(role: { readonly id: string } | { readonly name: string }): string | null {
  if ('id' in role && ROLES.some((standard) => standard === role.id)) return role.id;
  if ('id' in role && !role.id.startsWith(FREE)) return null;
  const name = plainLine('name' in role ? role.name : role.id.slice(FREE.length), ROLE_NAME_MAX);
  return name === '' ? null : `${FREE}${name}`;
}

export function holderOf(incident: Incident, id: string): string | null {
  return incident.head.roles.find((role) => role.id === id)?.person ?? null;
}

/** Gives a role to a person, hands it over, or lays it down (null). The same incident when nothing changes or no more roles fit. */
export function setRole(incident: Incident, id: string, person: string | null, press: Press): Incident {
  const from = holderOf(incident, id);
  const known = incident.head.roles.some((role) => role.id === id);
  if (alreadyDone(incident, press.opId) || from === person) return incident;
  if (!known && incident.head.roles.length >= ROLES_AT_MOST) return incident;
  return pressed(incident, press, (_v, at) => {
    const next: RoleHolder = { id, name: id.startsWith(FREE) ? id.slice(FREE.length) : null, person, since: person === null ? null : at };
    const others = incident.head.roles.filter((role) => role.id !== id);
    const kept = person === null && next.name !== null ? others : [...others, next];
    const roles = [...kept].sort((a, b) => order(a.id) - order(b.id) || (a.id < b.id ? -1 : 1));
    const said = person === null ? 'laid-down' : from === null ? (person === press.by ? 'taken' : 'given') : 'handed-over';
    return { set: { roles }, said: { messageKey: `entry.role.${said}`, params: { role: id, name: next.name ?? '', from: from ?? '', to: person ?? '' } } };
  });
}
function order(id: string): number {
  const index = ROLES.findIndex((role) => role === id);
  return index === -1 ? ROLES.length : index;
}

/** Writes the one-line situation or impact; empty clears it. Counts as an update to everybody. */
export function setLine(incident: Incident, line: 'situation' | 'impact', text: string, press: Press): Incident {
  const clean = plainLine(text, LINE_MAX);
  if (alreadyDone(incident, press.opId) || (incident.head[line]?.text ?? '') === clean) return incident;
  return pressed(incident, press, (v, at) => {
    const value = clean === '' ? null : { text: clean, by: press.by, at, v };
    const set: HeadPatch = line === 'situation' ? { situation: value, lastUpdateAt: at } : { impact: value, lastUpdateAt: at };
    return { set, said: { messageKey: clean === '' ? `entry.${line}.cleared` : `entry.${line}`, params: { text: clean } } };
  });
}

/** Addresses of the call and the chat, checked by the caller. */
export function setPlaces(incident: Incident, places: { readonly call: string | null; readonly chat: string | null }, press: Press): Incident {
  const old = incident.head.places;
  if (alreadyDone(incident, press.opId) || ((old?.call ?? null) === places.call && (old?.chat ?? null) === places.chat)) return incident;
  return pressed(incident, press, (v, at) => ({ set: { places: { ...places, by: press.by, at, v } }, said: { messageKey: 'entry.places', params: {} } }));
}

/** `deploy`: the mark it is blamed on, or null for a change without one; `caused` false: not caused by a change after all. */
export function setCause(incident: Incident, caused: boolean, deploy: Deploy | null, press: Press): Incident {
  const old = incident.head.cause;
  if (alreadyDone(incident, press.opId)) return incident;
  if (caused ? old !== null && (old.deploy?.id ?? null) === (deploy?.id ?? null) : old === null) return incident;
  return pressed(incident, press, (_v, at) => {
    const cause: Cause | null = caused ? { deploy, by: press.by, at } : null;
    const key = !caused ? 'entry.cause.none' : deploy === null ? 'entry.cause.change' : 'entry.cause.deploy';
    return { set: { cause }, said: { messageKey: key, params: { title: deploy?.title ?? '' } } };
  });
}

const graphName = (pick: GraphPick): string => [pick.metric, pick.host?.name ?? pick.service ?? ''].filter((part) => part !== '').join(' · ');

export const hasGraph = (incident: Incident, pick: GraphPick): boolean =>
  incident.head.graphs.some((known) => known.metric === pick.metric && known.host?.id === pick.host?.id && known.service === pick.service);

/** Puts a metric on the board. The same incident when it is there already or no more fit. */
export function addGraph(incident: Incident, pick: GraphPick, press: Press): Incident {
  const { graphs } = incident.head;
  if (alreadyDone(incident, press.opId) || hasGraph(incident, pick) || graphs.length >= GRAPHS_AT_MOST) return incident;
  return pressed(incident, press, () => ({ set: { graphs: [...graphs, pick] }, said: { messageKey: 'entry.graph.added', params: { name: graphName(pick) } } }));
}
export function removeGraph(incident: Incident, graphId: string, press: Press): Incident {
  const found = incident.head.graphs.find((pick) => pick.id === graphId);
  if (alreadyDone(incident, press.opId) || found === undefined) return incident;
  const graphs = incident.head.graphs.filter((pick) => pick.id !== graphId);
  return pressed(incident, press, () => ({ set: { graphs }, said: { messageKey: 'entry.graph.removed', params: { name: graphName(found) } } }));
}
