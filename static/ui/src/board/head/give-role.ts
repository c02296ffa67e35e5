/** Giving a role; of a private incident to somebody who cannot see its page only after they were added, which is asked first. */
import type { IncidentHeadView, RoleView } from '../../../../../src/contract';
import { press } from '../../api';
import { askToConfirm } from '../../dialogs/ask';
import { namesOf } from '../../parts/people';
import type { Words } from '../../words';
import { isNotLetIn, type Presses, type Refusal } from '../use-press';

export interface Giving {
  readonly incidentId: string;
  readonly role: { readonly id: string } | { readonly name: string };
  readonly person: string | null;
  readonly seen: string | null;
}
export const roleRef = (role: RoleView): Giving['role'] => (role.name === null ? { id: role.id } : { name: role.name });

/** `what` as `run` takes it, the same for one wish. */
export async function giveRole<T>({ run, settle }: Presses<T>, { t }: Words, what: T, giving: Giving): Promise<'accepted' | 'busy' | Refusal> {
  const { incidentId, person } = giving;
  const give = (opId: string): Promise<IncidentHeadView> => press('incident.role', { ...giving, opId });
  const result = await run(what, give);
  if (!isNotLetIn(result) || person === null) return result;
  const name = (await namesOf([person])).get(person) ?? t('common.nobody');
  const yes = await askToConfirm({ title: t('audience.role.title'), text: [t('audience.role.text', { name })], yes: t('audience.role.yes') });
  if (yes === null) return result;
  settle();
  // A press of its own: what is sent again for a lost answer must be the same verb.
  const opId = crypto.randomUUID();
  const added = await run(what, () => press('audience.add', { incidentId, opId, who: { accountId: person } }));
  return added === 'accepted' ? await run(what, give) : added;
}
