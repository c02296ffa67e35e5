import type { AlertView, CauseView, DeployMark } from '../../../../../src/contract';
import { useName } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { useActions } from '../use-actions';

/** Whether a change caused it, as somebody judged. Says nothing to readers until somebody has. */
export function Cause(props: { readonly cause: CauseView | null; readonly deploys: readonly DeployMark[]; readonly alerts: readonly AlertView[] }) {
  const words = useWords();
  const { t } = words;
  const { can } = useEnv();
  const actions = useActions();
  const { cause } = props;
  const by = useName(cause?.by.accountId ?? null);
  if (can.edit && actions !== null) return <actions.CauseMenu {...props} by={by ?? null} />;
  if (cause === null) return <span />;
  return (
    <p className="cause" title={t('board.said-by', { name: by ?? t('common.nobody'), time: words.stamp(cause.at, cause.at), utc: words.utc(cause.at) })}>
      <span className="people-label">{t('board.cause')}</span> {cause.deploy?.title ?? t('board.cause.change')}
    </p>
  );
}
