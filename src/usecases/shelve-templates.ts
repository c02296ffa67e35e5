/**
 * Our page structure as templates behind Confluence's own Create button, written as the administrator who presses. Making one
 * cannot be repeated safely, so every round looks first: whoever died, or pressed twice, finds what is there.
 */
import type { InstalledTemplatesView, InstalledTemplateView, TemplatePlace } from '../contract';
import { AppFailure, badRequest } from '../domain/failure';
import type { InstalledTemplate, Settings } from '../domain/model';
import { INSTALLED_AT_MOST, installedAt, oursAmong, samePlace } from '../domain/shelf';
import type { Ports, ShelvedTemplate } from '../ports';
import type { Caller } from './caller';
import { configured, proveAdmin } from './prove';
import { withChange } from './settings-changes';

const ROUNDS = 5;
const busy = (): AppFailure => new AppFailure('busy', 'error.busy', {}, null, 1000);
const placeOf = ({ template, lang, spaceKey }: TemplatePlace): TemplatePlace => ({ template, lang, spaceKey });

/** Those of ours at the place; null: the caller sees no such place. */
async function findOurs(ports: Ports, wanted: TemplatePlace, known: string | null): Promise<readonly ShelvedTemplate[] | null> {
  const found = await ports.shelf.list(wanted.spaceKey);
  return found === null ? null : oursAmong(found, { known, ...ports.shelf.title(wanted) });
}

/** Keeps what is there of it now, with who made it so; null: nothing is. */
async function keep(ports: Ports, caller: Caller, of: TemplatePlace, there: Pick<InstalledTemplate, 'id' | 'structure'> | null): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const row = await ports.settings.load();
    if (row === null) throw new AppFailure('not-configured');
    const before = row.value;
    const known = installedAt(before.installed, of);
    if (known === null ? there === null : known.id === there?.id && known.structure === there.structure) return;
    const others = before.installed.filter((one) => !samePlace(one, of));
    const installed = there === null ? others : [...others, { ...placeOf(of), ...there, by: caller.accountId, at: ports.clock.now() }];
    if (await ports.settings.save(await withChange(ports, caller, before, { ...before, installed }), row.ver)) return;
  }
  throw busy();
}

/** What Confluence says of each now. */
async function view(ports: Ports): Promise<InstalledTemplatesView> {
  const row = await ports.settings.load();
  if (row === null) throw new AppFailure('not-configured');
  const { installed } = row.value;
  const places = [...new Set(installed.map(({ spaceKey }) => spaceKey))];
  const there = new Map(await Promise.all(places.map(async (place) => [place, await ports.shelf.list(place)] as const)));
  const stateOf = (one: InstalledTemplate): InstalledTemplateView['state'] => {
    const listed = there.get(one.spaceKey) ?? null;
    if (listed === null) return 'hidden';
    const found = listed.find(({ id }) => id === one.id);
    if (found === undefined) return 'gone';
    return found.board === 'ours' && one.structure === ports.shelf.structure(one) ? 'there' : 'outdated';
  };
  const rows = installed.map((one) => ({ ...placeOf(one), state: stateOf(one), by: { accountId: one.by }, at: one.at }));
  return { installed: rows.sort((a, b) => b.at - a.at), version: row.ver };
}

/** Exactly one at the place, of the present structure. Answers its id. */
async function ensure(ports: Ports, wanted: TemplatePlace, known: string | null): Promise<string> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await findOurs(ports, wanted, known);
    if (found === null) throw placeHidden(wanted);
    const written = await ports.shelf.write(wanted, found[0]?.id ?? null);
    // Looked at once more: somebody else may have made one at the same time.
    const [first, ...others] = (await findOurs(ports, wanted, known)) ?? [];
    for (const { id } of others) await ports.shelf.remove(id);
    if (first?.id === written) return written;
  }
  throw busy();
}
const placeHidden = ({ spaceKey }: TemplatePlace): AppFailure => (spaceKey === null ? new AppFailure('forbidden', 'error.shelf.site') : badRequest('spaceKey', 'error.space-key'));

/**
 * Installs the template, or brings the one that is there to the present structure. If the board does not come back from
 * Confluence as it was written, the template is taken away again.
 * @throws AppFailure forbidden: the caller does not administer the place; page-refused: Confluence does not keep our board
 */
export async function installTemplate(ports: Ports, caller: Caller, of: TemplatePlace): Promise<InstalledTemplatesView> {
  await proveAdmin(ports);
  const { installed }: Settings = await configured(ports);
  const known = installedAt(installed, of);
  if (known === null && installed.length >= INSTALLED_AT_MOST) throw badRequest('template', 'error.shelf.many');
  const id = await ensure(ports, of, known?.id ?? null);
  if ((await ports.shelf.get(id))?.board !== 'ours') {
    await ports.shelf.remove(id);
    await keep(ports, caller, of, null);
    throw new AppFailure('page-refused', 'error.shelf.board');
  }
  await keep(ports, caller, of, { id, structure: ports.shelf.structure(of) });
  return await view(ports);
}

/** Takes it away from Confluence. A place the caller does not see is left as it is and forgotten. Safe to repeat. */
export async function removeTemplate(ports: Ports, caller: Caller, of: TemplatePlace): Promise<InstalledTemplatesView> {
  await proveAdmin(ports);
  const { installed } = await configured(ports);
  const known = installedAt(installed, of)?.id ?? null;
  for (const { id } of (await findOurs(ports, of, known)) ?? []) await ports.shelf.remove(id);
  const left = await findOurs(ports, of, known);
  if (left !== null && left.length > 0) throw new AppFailure('forbidden', of.spaceKey === null ? 'error.shelf.site' : 'error.shelf.space', of.spaceKey === null ? {} : { space: of.spaceKey });
  await keep(ports, caller, of, null);
  return await view(ports);
}

/** For administrators. */
export async function installedTemplates(ports: Ports): Promise<InstalledTemplatesView> {
  await proveAdmin(ports);
  return await view(ports);
}
