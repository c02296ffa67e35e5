/** What can be done with one alert, and with the list of them. */
import { useRef } from 'react';
import type { AlertView, IncidentHeadView } from '../../../../../src/contract';
import { openDialog, press } from '../../api';
import { askToConfirm } from '../../dialogs/ask';
import { MoreIcon, PlusIcon } from '../../parts/icons';
import { Popover } from '../../parts/Popover';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { Undo } from '../Undo';
import { usePress } from '../use-press';
import { alertLine } from './alert-line';
import type { Gone } from './gone';

type Wish = 'detach' | 'close' | 'memo';

export function AlertMenu(props: { readonly alert: AlertView; readonly gone: Gone }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, board, can, refresh } = useEnv();
  const { alert } = props;
  const { pending, refusal, run } = usePress<Wish>();
  const typed = useRef('');
  const of = (opId: string): { incidentId: string; opId: string; alertId: string } => ({ incidentId, opId, alertId: alert.id });

  const detach = async (): Promise<void> => {
    if ((await run('detach', (opId) => press('alert.detach', of(opId)))) === 'accepted') props.gone(alert, null);
  };
  /** The dialog moves it itself. */
  const move = async (): Promise<void> => {
    const answer = await openDialog('move-alert', t('alert.move.title'), { incidentId, alertId: alert.id, line: alertLine(alert, words), visibility: board().incident.visibility }, 'medium').catch(() => null);
    const [to, key] = [answer?.['to'], answer?.['key']];
    if (typeof to !== 'string' || typeof key !== 'string') return;
    refresh();
    props.gone(alert, { incidentId: to, key });
  };
  const closeIt = async (): Promise<void> => {
    const reason = await askToConfirm({
      title: t('alert.close.title'),
      text: [t('alert.close.text')],
      lines: [alertLine(alert, words)],
      reason: { label: t('alert.close.reason'), hint: t('alert.close.reason.hint'), kept: typed.current },
      yes: t('alert.close.yes'),
    });
    if (reason === null) return;
    typed.current = reason;
    await run('close', (opId) => press('alert.close', { ...of(opId), reason }));
  };
  const memo = async (): Promise<void> => {
    const yes = await askToConfirm({ title: t('alert.memo.title'), text: [t('alert.memo.text')], lines: [alertLine(alert, words)], yes: t('alert.memo.yes') });
    if (yes !== null) await run('memo', (opId) => press('alert.memo', of(opId)));
  };

  return (
    <>
      <Popover label={t('alert.actions', { monitor: alert.monitorName })} className="icon-only" busy={pending !== null} button={pending === null ? <MoreIcon /> : <span className="pending-dot" />}>
        {(close) => {
          const item = (text: string, work: () => Promise<void>) => (
            <button
              type="button"
              className="menu-item"
              onClick={() => {
                close();
                void work();
              }}
            >
              {text}
            </button>
          );
          return (
            <>
              {alert.why !== null && <p className="popover-title">{words.say(alert.why.messageKey, alert.why.params, 'alert.why.other')}</p>}
              {item(t('alert.detach.do'), detach)}
              {item(t('alert.move.open'), move)}
              {can.mackerel && alert.open && item(t('alert.close.open'), closeIt)}
              {can.mackerel && item(t('alert.memo.open'), memo)}
            </>
          );
        }}
      </Popover>
      {refusal !== null && (
        <span className="refusal" role="alert">
          {refusal.text}
        </span>
      )}
    </>
  );
}

export function Detached(props: { readonly alert: AlertView; readonly to: Parameters<Gone>[1]; readonly done: () => void }) {
  const { t } = useWords();
  const { incidentId, board } = useEnv();
  const { to } = props;
  const { id, monitorName } = props.alert;
  if (to === null) return <Undo said={t('alert.detached', { monitor: monitorName })} send={(opId) => press('alert.attach', { incidentId, opId, alertId: id })} done={props.done} />;
  // The answer is of the incident it comes back from.
  const back = (opId: string): Promise<IncidentHeadView> => press('alert.move', { incidentId: to.incidentId, opId, alertId: id, to: incidentId }).then(() => board().incident);
  return <Undo said={t('alert.moved', { monitor: monitorName, key: to.key })} send={back} done={props.done} />;
}

/** The dialog links alerts itself and says what came of each; the board only looks again when it ends. */
export function AttachButton() {
  const { t } = useWords();
  const { incidentId, board, refresh } = useEnv();
  const open = (): void => void openDialog('attach', t('alert.attach.title'), { incidentId, pass: board().pass }, 'medium').then(refresh, () => undefined);
  return (
    <button type="button" className="add" aria-haspopup="dialog" onClick={open}>
      <PlusIcon />
      {t('alert.attach.open')}
    </button>
  );
}
