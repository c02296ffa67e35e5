/** Severity and status: one press on a choice, with a few words beside it if somebody wants. */
import { useState, type ReactNode } from 'react';
import type { IncidentHeadView, IncidentStatus, Severity } from '../../../../../src/contract';
import { press } from '../../api';
import { askToConfirm } from '../../dialogs/ask';
import { Menu, type Choice } from '../../parts/Menu';
import { Person } from '../../parts/people';
import { useWords } from '../../words';
import { alertLine } from '../alerts/alert-line';
import { useEnv } from '../env';
import { ENDED, splitAlerts } from '../logic';
import { codeOf, fieldOf, usePress, type Refusal } from '../use-press';

type Status = Exclude<IncidentStatus, 'merged'>;
const SEVERITIES: readonly Severity[] = ['sev1', 'sev2', 'sev3', 'sev4', 'pending'];
const STATUSES: readonly Status[] = ['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled'];

export function SeverityMenu(props: { readonly head: IncidentHeadView; readonly look: string }) {
  const { t } = useWords();
  const { head } = props;
  const presses = usePress<Severity>();
  const severity = presses.pending ?? head.severity;
  return (
    <CourseMenu
      label={t('severity.label')}
      value={severity}
      said="entry.severity"
      shortcut="s"
      pending={presses.pending !== null}
      refusal={presses.refusal}
      look={presses.pending === null ? props.look : `severity-${severity}`}
      choices={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`), hint: t(`severity.${value}.meaning`) }))}
      choose={(to, note) => presses.run(to, (opId) => press('incident.severity', { incidentId: head.id, opId, severity: to, seen: head.severity, ...(note === '' ? {} : { note }) }))}
    />
  );
}

export function StatusMenu(props: { readonly head: IncidentHeadView }) {
  const words = useWords();
  const { t } = words;
  const { board } = useEnv();
  const { head } = props;
  const presses = usePress<Status>();
  const ended = ENDED.has(head.status);
  const send = (to: Status, note: string, reason: string | null): Promise<'accepted' | 'busy' | Refusal> =>
    presses.run(to, (opId) => press('incident.status', { incidentId: head.id, opId, status: to, seen: head.status, ...(note === '' ? {} : { note }), ...(reason === null ? {} : { reason }) }));

  /** While alerts fire the end needs a reason: those that fire are listed, and the person may still turn back. */
  const choose = async (to: Status, note: string): Promise<'accepted' | 'busy' | Refusal> => {
    const result = await send(to, note, null);
    if (typeof result === 'string' || fieldOf(result.error) !== 'reason') return result;
    presses.settle();
    const firing = splitAlerts(board().alerts).firing.map((alert) => alertLine(alert, words));
    const reason = await askToConfirm({
      title: t('board.resolve.title', { n: Math.max(1, firing.length) }),
      text: [t('board.resolve.text', { status: t(`status.${to}`) })],
      lines: firing,
      reason: { label: t('board.resolve.reason'), hint: t('board.resolve.reason.hint') },
      yes: t('board.resolve.yes', { status: t(`status.${to}`) }),
    });
    return reason === null ? 'busy' : send(to, note, reason);
  };

  return (
    <CourseMenu
      label={t('status.label')}
      value={presses.pending ?? (head.status as Status)}
      said="entry.status"
      shortcut="t"
      pending={presses.pending !== null}
      refusal={presses.refusal}
      look="status-menu"
      choices={STATUSES.map((value) => ({ value, label: t(`status.${value}`), hint: ended && !ENDED.has(value) ? t('status.reopens') : undefined }))}
      choose={choose}
    />
  );
}

function CourseMenu<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  /** Text key with which such a change stands in the timeline. */
  readonly said: string;
  readonly shortcut: string;
  readonly pending: boolean;
  readonly refusal: Refusal | null;
  readonly look: string;
  readonly choices: readonly Choice<T>[];
  readonly choose: (value: T, note: string) => Promise<'accepted' | 'busy' | Refusal>;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const overtaken = props.refusal !== null && codeOf(props.refusal.error) === 'conflict';
  const choose = async (value: T): Promise<void> => {
    const result = await props.choose(value, note.trim());
    if (result === 'accepted') setNote('');
    else if (result !== 'busy' && codeOf(result.error) === 'conflict') setOpen(true);
  };
  const said: ReactNode = overtaken ? <Overtaken said={props.said} refusal={props.refusal} /> : props.refusal?.text;
  return (
    <>
      <Menu
        label={props.label}
        value={props.value}
        choices={props.choices}
        open={open}
        onOpen={setOpen}
        onChoose={(value) => void choose(value)}
        pending={props.pending}
        pendingLabel={t('common.saving')}
        className={props.look}
        shortcut={props.shortcut}
        note={{ label: t('board.note-beside'), value: note, onChange: setNote }}
        alert={overtaken && open ? <p className="overtaken small" role="alert">{said}</p> : null}
      />
      {said !== undefined && !(overtaken && open) && (
        <p className="refusal course-refusal" role="alert">
          {said}
        </p>
      )}
    </>
  );
}

/** Who was first, as far as the timeline says; the new value is on the button already. */
function Overtaken(props: { readonly said: string; readonly refusal: Refusal | null }) {
  const words = useWords();
  const { board } = useEnv();
  const last = board()
    .entries.filter((entry) => entry.messageKey === props.said || entry.messageKey === `${props.said}.note`)
    .sort((a, b) => b.v - a.v)[0];
  if (last === undefined || last.messageKey === null) return props.refusal?.text ?? null;
  return (
    <>
      <Person person={last.by} /> {words.t('board.changed-meanwhile', { time: words.clock(last.at), what: words.say(last.messageKey, last.params, 'entry.unknown') })}
    </>
  );
}
