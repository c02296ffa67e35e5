/** Says one thing the team seems to have forgotten, or that it might call it resolved. Never does it. */
import { useState, type ReactNode } from 'react';
import type { IncidentHeadView } from '../../../../../src/contract';
import { press } from '../../api';
import { useAccount } from '../../parts/account';
import { Button, useNow } from '../../parts/basics';
import { CrossIcon } from '../../parts/icons';
import { recall, remember } from '../../parts/remembered';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { goToKey } from '../keys';
import { usePress } from '../use-press';
import { dueHints, parseDismissed, wantedHints, type HintKind } from './hints';

export function Nudge(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { skew, scheme } = useEnv();
  const now = useNow(skew, 5_000);
  const store = `hints:${useAccount() ?? ''}:${props.head.id}`;
  const [dismissed, setDismissed] = useState(() => recall(store, parseDismissed) ?? {});
  const [kind, ...more] = wantedHints(dueHints(props.head, scheme, now), dismissed, now);
  if (kind === undefined) return null;
  const dismiss = (): void => {
    const next = { ...dismissed, [kind]: now };
    remember(store, next);
    setDismissed(next);
  };
  return (
    <div className={`nudge nudge-${kind}`} role="status">
      <span>{t(`hint.${kind}`)}</span>
      <Remedy kind={kind} head={props.head} />
      {more.length > 0 && (
        <span className="quiet small" title={more.map((other) => t(`hint.${other}`)).join(' ')}>
          {t('hint.more', { n: more.length })}
        </span>
      )}
      <button type="button" className="icon-only" aria-label={t('hint.dismiss')} title={t('hint.dismiss')} onClick={dismiss}>
        <CrossIcon />
      </button>
    </div>
  );
}

/** The one press or the place that answers a hint. */
function Remedy(props: { readonly kind: HintKind; readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { pending, refusal, run } = usePress<HintKind>();
  const { kind, head } = props;
  const act = (): void => {
    if (kind === 'recovered') void run(kind, (opId) => press('incident.status', { incidentId: head.id, opId, status: 'resolved', seen: head.status }));
    else if (kind === 'commander') void run(kind, (opId) => press('incident.role', { incidentId: head.id, opId, role: { id: 'commander' }, person: 'me', seen: null }));
    else goToKey(kind === 'severity' ? 's' : 'u');
  };
  const refused: ReactNode = refusal === null ? null : (
    <span className="refusal" role="alert">
      {refusal.text}
    </span>
  );
  return (
    <>
      <Button className="small-button" busy={pending !== null} onClick={act}>
        {t(pending === null ? `hint.${kind}.do` : 'common.saving')}
      </Button>
      {refused}
    </>
  );
}
