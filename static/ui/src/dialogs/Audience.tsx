import { useCallback, useEffect, useRef, useState } from 'react';
import type { AudienceView, Who } from '../../../../src/contract';
import { call, press } from '../api';
import type { DialogProps } from '../dialog';
import { useAccount } from '../parts/account';
import { Button, Notice } from '../parts/basics';
import { GroupIcon } from '../parts/icons';
import { Person, useName } from '../parts/people';
import { WhoPicker } from '../parts/WhoPicker';
import { useWords } from '../words';
import { textOf } from './given';

/** Who may see a private incident's page, as Confluence says. Each press is done there at once; the dialog stays until it is closed. */
export default function Audience({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const incidentId = textOf(given, 'incidentId');
  const { view, failure, load } = useAudience(incidentId);
  const me = useAccount();
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const changed = useRef(false);
  const close = (): void => done(changed.current ? { changed: true } : null);

  const send = (verb: 'audience.add' | 'audience.remove', who: Who, name: string | null): void => {
    if (sending !== null) return;
    setSending(nameOf(who));
    setRefusal(null);
    void press(verb, { incidentId, opId: crypto.randomUUID(), who })
      .then(async () => {
        changed.current = true;
        // Whoever took themselves off sees nothing any more.
        if (verb === 'audience.remove' && 'accountId' in who && who.accountId === me) return close();
        setSaid(t(verb === 'audience.add' ? 'audience.added' : 'audience.removed', { name: name ?? t('common.nobody') }));
        await load();
      })
      .catch((error: unknown) => setRefusal(words.reason(error)))
      .finally(() => setSending(null));
  };

  if (failure !== null && view === null) {
    return (
      <Notice tone="warning" title={t('audience.error')} actions={<Button onClick={() => void load()}>{t('common.retry')}</Button>}>
        <p>{words.reason(failure)}</p>
      </Notice>
    );
  }
  return (
    <div className="dialog-list">
      <p className="quiet">{t('audience.text')}</p>
      <WhoPicker label={t('audience.add')} left={view === null ? [] : namedIn(view)} onPick={({ who, name }) => send('audience.add', who, name)} />
      {view === null ? (
        <p role="status" className="quiet">
          {t('common.loading')}
        </p>
      ) : (
        <ul className="rows" aria-label={t('audience.list')}>
          {view.people.map(({ accountId, canEdit }) => (
            <PersonRow key={accountId} accountId={accountId} canEdit={canEdit} mine={accountId === me} busy={sending === accountId} remove={(name) => send('audience.remove', { accountId }, name)} />
          ))}
          {view.groups.map(({ id, name, canEdit }) => (
            <li key={id} className="row">
              <span className="row-main">
                <span className="with-icon">
                  <GroupIcon />
                  {name}
                </span>
                <span className="quiet small">{t(canEdit ? 'audience.group.edits' : 'audience.group.views')}</span>
              </span>
              <Button look="quiet" busy={sending === id} aria-label={t('audience.remove.who', { name })} onClick={() => send('audience.remove', { groupId: id }, name)}>
                {t('audience.remove')}
              </Button>
            </li>
          ))}
          <li className="row">
            <span className="row-main">
              <Person person={view.app.account} />
              <span className={view.app.isNamed ? 'quiet small' : 'refusal small'}>{t(view.app.isNamed ? 'audience.app' : 'audience.app.missing')}</span>
            </span>
            {!view.app.isNamed && (
              <Button busy={sending === view.app.account.accountId} onClick={() => send('audience.add', view.app.account, null)}>
                {t('board.hidden.add')}
              </Button>
            )}
          </li>
        </ul>
      )}
      <p className="refusal" role="alert">
        {refusal}
      </p>
      <p className="quiet small" role="status">
        {said}
      </p>
      <div className="dialog-actions">
        <Button look="primary" onClick={close}>
          {t('common.done')}
        </Button>
      </div>
    </div>
  );
}

const nameOf = (who: Who): string => ('accountId' in who ? who.accountId : who.groupId);
const namedIn = ({ people, groups }: AudienceView): readonly string[] => [...people.map(({ accountId }) => accountId), ...groups.map(({ id }) => id)];

function useAudience(incidentId: string): { readonly view: AudienceView | null; readonly failure: unknown; readonly load: () => Promise<void> } {
  const [view, setView] = useState<AudienceView | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const load = useCallback(async () => {
    await call('audience.load', { incidentId }).then(
      (found) => {
        setView(found);
        setFailure(null);
      },
      (error: unknown) => setFailure(error),
    );
  }, [incidentId]);
  useEffect(() => void load(), [load]);
  return { view, failure, load };
}

function PersonRow(props: { readonly accountId: string; readonly canEdit: boolean; readonly mine: boolean; readonly busy: boolean; readonly remove: (name: string | null) => void }) {
  const { t } = useWords();
  const { accountId, mine } = props;
  const name = useName(accountId) ?? null;
  return (
    <li className="row">
      <span className="row-main">
        <span>
          <Person person={{ accountId }} /> {mine && <span className="quiet small">{t('audience.you')}</span>}
        </span>
        <span className="quiet small">{t(props.canEdit ? 'audience.edits' : 'audience.views')}</span>
      </span>
      <Button look="quiet" busy={props.busy} aria-label={mine ? undefined : t('audience.remove.who', { name: name ?? t('common.nobody') })} onClick={() => props.remove(name)}>
        {t(mine ? 'audience.leave' : 'audience.remove')}
      </Button>
    </li>
  );
}
