/** What is done rarely with the incident as a whole. */
import type { IncidentHeadView, Visibility } from '../../../../../src/contract';
import { openDialog, press } from '../../api';
import { askToConfirm } from '../../dialogs/ask';
import { MoreIcon } from '../../parts/icons';
import { Popover } from '../../parts/Popover';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { usePress } from '../use-press';

export function HeadMenu(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { incidentId, refresh } = useEnv();
  const { head } = props;
  const { pending, refusal, run } = usePress<Visibility>();
  const to = head.visibility === 'private' ? 'public' : 'private';
  const ask = async (): Promise<void> => {
    const text = to === 'private' ? [t('board.visibility.private.text'), t('board.visibility.private.jira')] : [t('board.visibility.public.text'), t('board.visibility.public.jira')];
    const yes = await askToConfirm({ title: t(`board.visibility.${to}.title`), text, yes: t(`board.visibility.${to}.yes`) });
    if (yes !== null) await run(to, (opId) => press('incident.visibility', { incidentId, opId, visibility: to }));
  };
  /** The dialog merges itself. */
  const merge = (): void => void openDialog('merge', t('merge.title'), { ids: [incidentId], survivor: incidentId }, 'large').then((answer) => answer !== null && refresh(), () => undefined);
  /** The dialog changes the list itself. */
  const audience = (): void => void openDialog('audience', t('audience.title'), { incidentId }).then((answer) => answer !== null && refresh(), () => undefined);
  /** The dialog writes itself. */
  const renew = (): void => void openDialog('refresh-page', t('refresh.title'), { incidentId }, 'large').catch(() => undefined);
  const audit = (): void => void openDialog('audit', t('board.audit.title'), { incidentId, key: head.key }, 'xlarge').catch(() => undefined);
  return (
    <>
      <Popover label={t('board.more')} className="icon-only head-more" busy={pending !== null} button={pending === null ? <MoreIcon /> : <span className="pending-dot" />}>
        {(close) => (
          <>
            <button type="button" className="menu-item" onClick={() => (close(), merge())}>
              {t('merge.open')}
            </button>
            <button type="button" className="menu-item" onClick={() => (close(), renew())}>
              {t('refresh.open')}
            </button>
            <button type="button" className="menu-item" onClick={() => (close(), audit())}>
              {t('board.audit.open')}
            </button>
            {head.visibility === 'private' && (
              <button type="button" className="menu-item" onClick={() => (close(), audience())}>
                {t('audience.open')}
              </button>
            )}
            <button type="button" className="menu-item" onClick={() => (close(), void ask())}>
              {t(`board.visibility.${to}.open`)}
            </button>
          </>
        )}
      </Popover>
      {refusal !== null && (
        <p className="refusal head-refusal" role="alert">
          {refusal.text}
        </p>
      )}
    </>
  );
}
