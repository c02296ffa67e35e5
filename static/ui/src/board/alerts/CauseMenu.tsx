import type { AlertView, CauseView, DeployMark } from '../../../../../src/contract';
import { press } from '../../api';
import { CaretIcon, CheckIcon } from '../../parts/icons';
import { Popover } from '../../parts/Popover';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { usePress } from '../use-press';
import { suspects } from './suspects';

type Wish = 'none' | 'change' | { readonly deployId: string };

/** The app suggests, a person judges. */
export function CauseMenu(props: { readonly cause: CauseView | null; readonly deploys: readonly DeployMark[]; readonly alerts: readonly AlertView[]; readonly by: string | null }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, skew } = useEnv();
  const { cause } = props;
  const { pending, refusal, run } = usePress<Wish>();
  const { likely, others } = suspects(props.deploys, props.alerts);
  const judged = cause === null ? t('board.cause.open') : (cause.deploy?.title ?? t('board.cause.change'));
  const said = cause === null ? undefined : t('board.said-by', { name: props.by ?? t('common.nobody'), time: words.stamp(cause.at, cause.at), utc: words.utc(cause.at) });

  return (
    <div className="cause">
      <Popover
        label={`${t('board.cause')}: ${judged}`}
        className={`quiet-menu ${pending === null ? '' : 'pending'}`}
        title={said}
        busy={pending !== null}
        button={
          <>
            <span className="people-label">{t('board.cause')}</span> <span>{judged}</span>
            {pending === null ? <CaretIcon /> : <span className="pending-dot" />}
          </>
        }
      >
        {(close) => {
          const choose = (wish: Wish): void => {
            close();
            void run(wish, (opId) => press('incident.cause', { incidentId, opId, cause: wish }));
          };
          const item = (key: string, chosen: boolean, wish: Wish, text: string, hint?: string) => (
            <button key={key} type="button" className="menu-item" aria-pressed={chosen} onClick={() => choose(wish)}>
              <span className="menu-check">{chosen && <CheckIcon />}</span>
              <span className="menu-text">
                {text}
                {hint !== undefined && <span className="menu-hint tabular">{hint}</span>}
              </span>
            </button>
          );
          const mark = (deploy: DeployMark) =>
            item(deploy.id, cause?.deploy?.id === deploy.id, { deployId: deploy.id }, deploy.title, t('board.cause.when', { from: words.minute(deploy.from, Date.now() + skew), to: words.minute(deploy.to, Date.now() + skew) }));
          return (
            <>
              {likely.length > 0 && <p className="popover-title">{t('board.cause.likely')}</p>}
              {likely.map(mark)}
              {others.length > 0 && <p className="popover-title">{t('board.cause.others')}</p>}
              {others.map(mark)}
              {props.deploys.length === 0 && <p className="popover-title quiet">{t('board.cause.no-marks')}</p>}
              <hr />
              {item('change', cause !== null && cause.deploy === null, 'change', t('board.cause.change'))}
              {cause !== null && item('none', false, 'none', t('board.cause.none'))}
            </>
          );
        }}
      </Popover>
      {refusal !== null && (
        <span className="refusal" role="alert">
          {refusal.text}
        </span>
      )}
    </div>
  );
}
