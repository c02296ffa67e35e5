import { useId, useState, type FormEvent } from 'react';
import type { RoleView } from '../../../../../src/contract';
import { findPeople } from '../../api';
import { Button } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { CaretIcon, PlusIcon } from '../../parts/icons';
import { PersonPicker } from '../../parts/PersonPicker';
import { Popover } from '../../parts/Popover';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { usePress } from '../use-press';
import { giveRole } from './give-role';
import { roleName } from './Team';

/** Takes a role over, hands it to somebody else, or lays it down. */
export function RoleMenu(props: {
  readonly role: RoleView;
  readonly name: string;
  /** Display name of who has it; null: nobody, or not known. */
  readonly holder: string | null;
  readonly mine: boolean;
  readonly shortcut: boolean;
  readonly busy: boolean;
  readonly give: (person: string | null) => void;
}) {
  const { t } = useWords();
  const { role, name, mine } = props;
  const held = role.person !== null;
  return (
    <Popover label={t('role.menu', { role: name })} className="icon-only" button={<CaretIcon />} busy={props.busy} {...(props.shortcut ? { shortcut: 'a' } : {})}>
      {(close) => {
        const give = (person: string | null): void => {
          close();
          props.give(person);
        };
        return (
          <div className="role-menu">
            <p className="popover-title">{held ? t('role.held', { role: name, name: props.holder ?? t('common.nobody') }) : t('role.free', { role: name })}</p>
            {!mine && (
              <Button data-first onClick={() => give('me')}>
                {t(held ? 'role.take-over' : 'role.take-it')}
              </Button>
            )}
            <PersonPicker label={t(held ? 'role.hand-over' : 'role.assign')} find={findPeople} onPick={({ accountId }) => give(accountId)} />
            {held && (
              <Button look="quiet" onClick={() => give(null)}>
                {t(mine ? 'role.lay-down' : 'role.clear')}
              </Button>
            )}
          </div>
        );
      }}
    </Popover>
  );
}

/** A role this team calls by its own name; whoever makes it has it. */
export function NewRole(props: { readonly roles: readonly RoleView[] }) {
  const words = useWords();
  const { t } = words;
  const { incidentId } = useEnv();
  const [name, setName] = useState('');
  const presses = usePress<string>();
  const { pending, refusal } = presses;
  const inputMethod = useInputMethod();
  const id = useId();
  const clean = name.trim();
  const taken = props.roles.some((role) => role.name === clean || roleName(t, role) === clean);

  return (
    <Popover label={t('role.new')} className="role-new" busy={pending !== null} button={
      <>
        <PlusIcon />
        {t('role.new.short')}
      </>
    }>
      {(close) => {
        const make = async (person: string, event?: FormEvent): Promise<void> => {
          event?.preventDefault();
          if (clean === '' || taken) return;
          const result = await giveRole(presses, words, `${clean} ${person}`, { incidentId, role: { name: clean }, person, seen: null });
          if (result !== 'accepted') return;
          setName('');
          close();
        };
        return (
          <form className="role-menu" onSubmit={(event) => void make('me', event)}>
            <label htmlFor={id} className="small quiet">
              {t('role.new.name')}
            </label>
            <input id={id} className="input" data-first value={name} maxLength={40} placeholder={t('role.new.hint')} onChange={(event) => setName(event.target.value)} {...inputMethod.formHandlers} />
            <Button type="submit" busy={pending !== null} disabled={clean === '' || taken}>
              {t('role.take-it')}
            </Button>
            {clean !== '' && !taken && <PersonPicker label={t('role.assign')} find={findPeople} onPick={({ accountId }) => void make(accountId)} />}
            <p className="refusal small" role="alert">
              {taken ? t('role.new.taken') : refusal?.text}
            </p>
          </form>
        );
      }}
    </Popover>
  );
}
