/** One line under the title: who is on it, and the one thing that is missing most. Its height is always there. */
import type { IncidentHeadView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { Person } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { ENDED } from '../logic';
import { useActions } from '../use-actions';
import { usePress } from '../use-press';

export function Strip(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { can } = useEnv();
  const actions = useActions();
  const { head } = props;
  const { pending, refusal, run } = usePress<'respond' | 'reopen'>();
  const reopen = (): void => void run('reopen', (opId) => press('incident.status', { incidentId: head.id, opId, status: 'investigating', seen: head.status }));
  return (
    <div className="strip">
      <Response head={head} pending={pending === 'respond'} respond={() => void run('respond', (opId) => press('incident.respond', { incidentId: head.id, opId }))} />
      {can.edit && actions !== null && <actions.Nudge head={head} />}
      {can.edit && ENDED.has(head.status) && (
        <Button busy={pending === 'reopen'} onClick={reopen}>
          {t('board.reopen')}
        </Button>
      )}
      <p className="refusal" role="alert">
        {refusal?.text}
      </p>
    </div>
  );
}

function Response(props: { readonly head: IncidentHeadView; readonly pending: boolean; readonly respond: () => void }) {
  const words = useWords();
  const { t } = words;
  const { can } = useEnv();
  const first = props.head.firstResponse;
  const over = props.head.resolvedAt !== null || props.head.closedAt !== null;
  if (first !== null) {
    return (
      <p className="response" title={words.utc(first.at)}>
        <strong>
          {t('board.responder', { name: '\u0001' })
            .split('\u0001')
            .map((part, i) => (
              <span key={i}>
                {i > 0 && <Person person={first.by} />}
                {part}
              </span>
            ))}
        </strong>
        <span className="quiet tabular">{t('board.response-time', { time: words.clock(first.at), duration: words.duration(first.at - props.head.detectedAt) })}</span>
      </p>
    );
  }
  if (!can.edit) return <p className="response quiet">{t(over ? 'board.response-none' : 'board.nobody-yet')}</p>;
  return (
    <p className="response">
      <Button look={over ? 'default' : 'primary'} className="respond" busy={props.pending} onClick={props.respond}>
        {t(props.pending ? 'board.responding' : 'board.respond')}
      </Button>
      <span className="quiet">{t('board.nobody-yet')}</span>
    </p>
  );
}
