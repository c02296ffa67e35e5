/** What makes an incident page findable: properties and a label. For search and show only; never trusted when read. */
import { route } from '@forge/api';
import * as z from 'zod';
import { AppFailure } from '../../domain/failure';
import type { IncidentHead } from '../../domain/model';
import { plainLine } from '../../domain/text';
import type { Actor, Texts } from '../../ports';
import { ask, read } from './http';

export const LABEL = 'mackerel-incident';
const TRIES = 4;
const property = z.object({ id: z.string(), value: z.unknown(), version: z.object({ number: z.number().int() }) });
const properties = z.object({ results: z.array(property) });

/** Canonical JSON of flat values, so that an equal property is not written again. */
const same = (a: unknown, b: unknown): boolean => {
  const sorted = (value: unknown): string => JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner);
  return sorted(a) === sorted(b);
};

/** Creates or updates; versions guard the update, so a race is looked at again. */
export async function setProperty(pageId: string, key: string, value: unknown, actor: Actor): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const known = read(properties, await ask(actor, route`/wiki/api/v2/pages/${pageId}/properties?key=${key}`)).results[0];
    if (known !== undefined && same(known.value, value)) return;
    const answer =
      known === undefined
        ? await ask(actor, route`/wiki/api/v2/pages/${pageId}/properties`, { method: 'POST', json: { key, value } })
        : await ask(actor, route`/wiki/api/v2/pages/${pageId}/properties/${known.id}`, {
            method: 'PUT',
            json: { key, value, version: { number: known.version.number + 1 } },
          });
    if (answer.ok) return;
    // 409: another version came first. 400: a property of this key exists by now.
    if (answer.status !== 409 && answer.status !== 400) throw new AppFailure('internal');
  }
  throw new AppFailure('busy', 'error.busy', {}, null, 1000);
}

/** Values of the manifest's `mackerel_incident` content property; times are ISO 8601 for CQL. */
export function incidentProperty(head: IncidentHead): Readonly<Record<string, string>> {
  return { key: head.key, status: head.status, severity: head.severity, declaredAt: new Date(head.declaredAt).toISOString() };
}

/** The line by the author: `{title, tooltip}` of the byline item. */
export function bylineOf(head: IncidentHead, texts: Texts): Readonly<Record<string, string>> {
  const say = (key: string): string => texts.say(head.lang, key);
  const title = texts.say(head.lang, 'page.byline', { severity: say(`page.severity.${head.severity}`), status: say(`page.status.${head.status}`) });
  return { title, tooltip: texts.say(head.lang, 'page.title', { key: head.key, title: plainLine(head.title, 100) }) };
}

export async function addLabel(pageId: string, actor: Actor): Promise<void> {
  const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/label`, { method: 'POST', json: [{ prefix: 'global', name: LABEL }] });
  if (!answer.ok) throw new AppFailure('internal');
}

/** The property goes, if it is there. False: the actor may not see or change the page. */
export async function removeProperty(pageId: string, key: string, actor: Actor): Promise<boolean> {
  const found = await ask(actor, route`/wiki/api/v2/pages/${pageId}/properties?key=${key}`);
  if (!found.ok) return false;
  const [known] = read(properties, found).results;
  if (known === undefined) return true;
  const answer = await ask(actor, route`/wiki/api/v2/pages/${pageId}/properties/${known.id}`, { method: 'DELETE' });
  return answer.ok || answer.status === 404;
}
export async function removeLabel(pageId: string, actor: Actor): Promise<boolean> {
  const answer = await ask(actor, route`/wiki/rest/api/content/${pageId}/label?name=${LABEL}`, { method: 'DELETE' });
  return answer.ok || answer.status === 404;
}
