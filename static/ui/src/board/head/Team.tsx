import type { IncidentHeadView, RoleView } from '../../../../../src/contract';
import { useAccount } from '../../parts/account';
import { CaretIcon, PlusIcon } from '../../parts/icons';
import { Person, useName } from '../../parts/people';
import { useWords, type Words } from '../../words';
import { useEnv } from '../env';
import { rolesShown, STANDARD_ROLES } from '../logic';
import { useActions } from '../use-actions';
import { usePress } from '../use-press';
import { giveRole, roleRef } from './give-role';

export function roleName(t: Words['t'], role: Pick<RoleView, 'id' | 'name'>): string {
  const standard = STANDARD_ROLES.find((id) => id === role.id);
  return standard === undefined ? (role.name ?? role.id) : t(`role.${standard}`);
}

/** Who does what. An empty role is taken with one press; everything else hangs behind the role's own button. */
export function Team(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { can, scheme } = useEnv();
  const actions = useActions();
  const roles = rolesShown(props.head.roles, scheme.roles);
  return (
    <div className="roles">
      <ul className="role-list" aria-label={t('role.title')}>
        {roles.map((role) => (
          <Role key={role.id} role={role} />
        ))}
      </ul>
      {can.edit && actions !== null && <actions.NewRole roles={roles} />}
    </div>
  );
}

function Role(props: { readonly role: RoleView }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, can } = useEnv();
  const actions = useActions();
  const me = useAccount();
  const { role } = props;
  const presses = usePress<{ readonly to: string | null }>();
  const { pending, refusal } = presses;
  const name = roleName(t, role);
  const holder = useName(role.person?.accountId ?? null);
  const give = (to: string | null): void => void giveRole(presses, words, { to }, { incidentId, role: roleRef(role), person: to, seen: role.person?.accountId ?? null });
  const since = role.since === null ? undefined : t('role.since', { time: words.clock(role.since), utc: words.utc(role.since) });
  const free = role.person === null;
  // Pending: what was pressed already shows, as not yet certain.
  const shown = pending === null ? role.person : pending.to === null ? null : { accountId: pending.to === 'me' ? (me ?? '') : pending.to };

  return (
    <li className={`role ${shown === null ? 'role-free' : ''} ${pending === null ? '' : 'pending'}`}>
      {free && can.edit ? (
        <button type="button" className="role-take" aria-label={t('role.take', { role: name })} title={t('role.take', { role: name })} aria-disabled={pending !== null || undefined} onClick={() => give('me')}>
          <span className="people-label">{name}</span>
          {shown === null ? <PlusIcon /> : <Person person={shown} />}
        </button>
      ) : (
        <span className="role-held" title={since}>
          <span className="people-label">{name}</span>
          {shown === null ? <span className="quiet">{t('role.nobody')}</span> : <Person person={shown} />}
        </span>
      )}
      {can.edit &&
        (actions === null ? (
          <span className="icon-only inert">
            <CaretIcon />
          </span>
        ) : (
          <actions.RoleMenu role={role} name={name} holder={holder ?? null} mine={role.person !== null && role.person.accountId === me} shortcut={role.id === 'commander'} busy={pending !== null} give={give} />
        ))}
      {refusal !== null && (
        <p className="refusal small" role="alert">
          {refusal.text}
        </p>
      )}
    </li>
  );
}
