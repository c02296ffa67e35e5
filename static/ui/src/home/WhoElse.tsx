import { useCallback } from 'react';
import { Button } from '../parts/basics';
import { WhoPicker, type FoundWho } from '../parts/WhoPicker';
import { useWords } from '../words';

const idOf = ({ who }: FoundWho): string => ('accountId' in who ? who.accountId : who.groupId);
/** As `incident.declare` takes them. */
export function audienceOf(named: readonly FoundWho[]): { readonly people: readonly string[]; readonly groupIds: readonly string[] } {
  const people = named.flatMap(({ who }) => ('accountId' in who ? [who.accountId] : []));
  const groupIds = named.flatMap(({ who }) => ('groupId' in who ? [who.groupId] : []));
  return { people, groupIds };
}

/** Who sees a private incident from the beginning, beside whoever declares it. */
export function WhoElse(props: { readonly named: readonly FoundWho[]; readonly edit: (named: readonly FoundWho[]) => void }) {
  const { t } = useWords();
  const { named, edit } = props;
  const add = useCallback((one: FoundWho) => edit([...named, one]), [named, edit]);
  return (
    <div className="field">
      <WhoPicker label={t('home.form.audience')} left={named.map(idOf)} onPick={add} />
      {named.length > 0 && (
        <ul className="rows" aria-label={t('home.form.audience')}>
          {named.map((one) => (
            <li key={idOf(one)} className="row">
              <span className="row-main">{one.name}</span>
              <Button look="quiet" aria-label={t('audience.remove.who', { name: one.name })} onClick={() => edit(named.filter((other) => other !== one))}>
                {t('audience.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small">{t('home.form.audience.hint')}</p>
    </div>
  );
}
