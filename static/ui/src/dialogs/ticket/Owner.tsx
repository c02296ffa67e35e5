/** Who takes it: looked for while a name is typed, among those Jira lets have it. */
import { useState, type ReactNode } from 'react';
import type { FoundPerson } from '../../api';
import { useAccount } from '../../parts/account';
import { Button } from '../../parts/basics';
import { useName } from '../../parts/people';
import { PersonPicker } from '../../parts/PersonPicker';
import { useWords } from '../../words';

export function Owner(props: {
  readonly label: ReactNode;
  /** What the field is called. */
  readonly title: string;
  readonly person: FoundPerson | null;
  readonly problem: string | null;
  readonly find: (typed: string) => Promise<readonly FoundPerson[]>;
  readonly change: (person: FoundPerson | null) => void;
}) {
  const { t } = useWords();
  const { person, problem, change } = props;
  const account = useAccount();
  const own = useName(account);
  const [looking, setLooking] = useState(false);
  const take = (chosen: FoundPerson | null): void => {
    setLooking(false);
    change(chosen);
  };
  return (
    <div className="field owner" role="group" aria-label={props.title}>
      <span className="label">{props.label}</span>
      <div className="owner-line">
        <span className={person === null ? 'quiet' : 'owner-name'}>{person?.name ?? t('ticket.nobody')}</span>
        {account !== null && person?.accountId !== account && (
          <Button className="small-button" onClick={() => take({ accountId: account, name: own ?? t('ticket.me') })}>
            {t('ticket.me')}
          </Button>
        )}
        <Button className="small-button" aria-expanded={looking} onClick={() => setLooking(!looking)}>
          {t(person === null ? 'ticket.owner.choose' : 'ticket.owner.change')}
        </Button>
        {person !== null && (
          <Button look="quiet" className="small-button" onClick={() => take(null)}>
            {t('role.clear')}
          </Button>
        )}
      </div>
      {looking && <PersonPicker label={t('ticket.owner.search')} find={props.find} onPick={take} />}
      {problem !== null && (
        <p className="refusal" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
