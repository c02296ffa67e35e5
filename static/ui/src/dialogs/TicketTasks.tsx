/** Many tickets at once, from the tasks on the incident's page. Each is made by its own press; what failed can be tried again alone. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TicketFormView, TicketKind } from '../../../../src/contract';
import { NoAnswer, pageContent, press } from '../api';
import type { DialogProps } from '../dialog';
import { faultText } from '../jira/fault';
import { findAssignable } from '../jira/form';
import { Button, Notice } from '../parts/basics';
import { ProjectChoice, type Where } from '../parts/ProjectChoice';
import { KINDS } from '../parts/tickets';
import { useWords } from '../words';
import { textOf } from './given';
import { ticketOf } from './Ticket';
import { Owner } from './ticket/Owner';
import { freshPress, pressFor, type Draft, type Press } from './ticket/draft';
import { tasksOf, type PageTask } from './ticket/tasks';
import { useIssueForm, useTicketForm, whereOf, type Loaded } from './ticket/use-form';
import { useWait, waitOf } from './ticket/use-wait';

type Row = PageTask & { readonly chosen: boolean; readonly kind: TicketKind };
type Sent = { readonly at: 'sending' | 'made' } | { readonly at: 'failed'; readonly reason: string };

export default function TicketTasks({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const pageId = textOf(given, 'pageId');
  const { form, again } = useTicketForm(textOf(given, 'incidentId'), textOf(given, 'pass'));
  const [tasks, setTasks] = useState<Loaded<readonly PageTask[]>>({ at: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    pageContent(pageId).then(
      (adf) => current && setTasks({ at: 'shown', value: tasksOf(adf) }),
      (error: unknown) => current && setTasks({ at: 'failed', error }),
    );
    return () => {
      current = false;
    };
  }, [pageId, round]);
  const failed = tasks.at === 'failed' ? tasks : form.at === 'failed' ? form : null;
  if (failed !== null) {
    return (
      <Notice tone="warning" title={t(failed === tasks ? 'ticket.tasks.failed' : 'ticket.form.failed')} actions={<Button onClick={failed === tasks ? () => setRound((n) => n + 1) : again}>{t('common.retry')}</Button>}>
        <p>{failed === tasks ? t('ticket.tasks.failed.text') : words.reason(failed.error)}</p>
      </Notice>
    );
  }
  if (tasks.at !== 'shown' || form.at !== 'shown') return <p role="status">{t('common.loading')}</p>;
  if (tasks.value.length === 0) {
    return (
      <Notice title={t('ticket.tasks.none')} actions={<Button onClick={() => done(null)}>{t('common.done')}</Button>}>
        <p>{t('ticket.tasks.none.text')}</p>
      </Notice>
    );
  }
  return <Tasks incidentId={textOf(given, 'incidentId')} tasks={tasks.value} form={form.value} done={done} />;
}

function Tasks(props: { readonly incidentId: string; readonly tasks: readonly PageTask[]; readonly form: TicketFormView; readonly done: DialogProps['done'] }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, form, done } = props;
  const [rows, setRows] = useState<readonly Row[]>(() => props.tasks.map((task) => ({ ...task, due: task.due ?? form.dueDate, kind: 'prevent', chosen: !task.done && task.key === null })));
  const [where, setWhere] = useState<Where>(() => whereOf(form));
  const [sent, setSent] = useState<ReadonlyMap<string, Sent>>(new Map());
  const [working, setWorking] = useState(false);
  const { seconds, wait } = useWait();
  const { fields } = useIssueForm(where);
  const presses = useRef(new Map<string, Press>());
  const stopped = useRef(false);
  useEffect(() => {
    stopped.current = false;
    return () => void (stopped.current = true);
  }, []);
  const meta = fields.at === 'shown' ? fields.value : null;
  const needed = useMemo(() => [...(meta?.others.map(({ name }) => name) ?? []), ...(meta?.needs.priority === true ? [t('ticket.priority')] : [])], [meta, t]);
  const ready = where.project !== null && where.type !== null && needed.length === 0;
  const projectKey = where.project?.key ?? '';
  const find = useCallback((typed: string) => findAssignable(projectKey, typed), [projectKey]);
  const left = rows.filter((row) => row.chosen && sent.get(row.id)?.at !== 'made');
  const failed = rows.filter((row) => sent.get(row.id)?.at === 'failed').length;
  const made = rows.filter((row) => sent.get(row.id)?.at === 'made').length;

  const edit = (id: string, part: Partial<Row>): void => setRows((old) => old.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const tell = (id: string, news: Sent): void => setSent((old) => new Map(old).set(id, news));
  const make = async (): Promise<void> => {
    if (working || !ready || seconds > 0) return;
    setWorking(true);
    for (const row of left) {
      if (stopped.current) return;
      tell(row.id, { at: 'sending' });
      const draft: Draft = { summary: row.summary, kind: row.kind, owner: row.owner, due: row.due ?? '', priority: '', others: {}, names: {} };
      const ticket = ticketOf(draft, where, meta?.has ?? { owner: true, due: true, priority: false }, []);
      const content = JSON.stringify(ticket);
      const mine = pressFor(presses.current.get(row.id) ?? freshPress(), content);
      presses.current.set(row.id, mine);
      try {
        await press('ticket.create', { incidentId, opId: mine.opId, ticket });
        tell(row.id, { at: 'made' });
      } catch (error) {
        tell(row.id, { at: 'failed', reason: words.reason(error) });
        const ms = waitOf(error);
        if (ms !== null) {
          wait(ms);
          break;
        }
        if (!(error instanceof NoAnswer)) presses.current.set(row.id, { ...mine, refused: content });
      }
    }
    setWorking(false);
  };

  return (
    <div className="dialog-form">
      {form.isPrivate && (
        <p className="dialog-warning" role="note">
          {t('ticket.private')}
        </p>
      )}
      <ProjectChoice where={where} change={setWhere} problem={{ project: null, type: null }} />
      {fields.at === 'failed' && (
        <p role="alert">
          {t('ticket.fields.failed')} {faultText(fields.error, words)}
        </p>
      )}
      {needed.length > 0 && (
        <p className="dialog-warning" role="alert">
          {t('ticket.tasks.needs', { fields: needed.join(t('common.list-separator')) })}
        </p>
      )}
      <ul className="task-list">
        {rows.map((row) => (
          <Task key={row.id} row={row} sent={sent.get(row.id) ?? null} working={working} find={find} edit={(part) => edit(row.id, part)} />
        ))}
      </ul>
      <div className="dialog-actions">
        <p className="quiet" role="status">
          {seconds > 0 ? t('ticket.wait', { n: seconds }) : made + failed > 0 ? t('ticket.tasks.result', { made, failed }) : ''}
        </p>
        <Button onClick={() => done(null)}>{t(made > 0 ? 'common.done' : 'common.cancel')}</Button>
        <Button look="primary" busy={working} disabled={left.length === 0 || !ready || seconds > 0} onClick={() => void make()}>
          {working ? t('ticket.making') : failed > 0 ? t('ticket.tasks.again', { n: left.length }) : t('ticket.tasks.make', { n: left.length })}
        </Button>
      </div>
    </div>
  );
}

function Task(props: { readonly row: Row; readonly sent: Sent | null; readonly working: boolean; readonly find: (typed: string) => Promise<readonly { readonly accountId: string; readonly name: string }[]>; readonly edit: (part: Partial<Row>) => void }) {
  const { t } = useWords();
  const { row, sent, working, edit } = props;
  const made = sent?.at === 'made';
  const locked = made || working;
  return (
    <li className={`task ${row.chosen ? '' : 'task-left'} ${made ? 'task-made' : ''}`}>
      <label className="check task-name">
        <input type="checkbox" checked={row.chosen} disabled={locked} onChange={(event) => edit({ chosen: event.target.checked })} />
        <span>
          {row.summary} {row.done && <span className="quiet small">({t('ticket.tasks.done')})</span>} {row.key !== null && <span className="quiet small">({t('ticket.tasks.has', { key: row.key })})</span>}
        </span>
      </label>
      {row.chosen && !made && (
        <div className="task-facts">
          <select className="select" aria-label={`${t('ticket.kind')}: ${row.summary}`} disabled={locked} value={row.kind} onChange={(event) => edit({ kind: KINDS.find((kind) => kind === event.target.value) ?? 'prevent' })}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`ticket.kind.${kind}`)}
              </option>
            ))}
          </select>
          <input className="input" type="date" aria-label={`${t('ticket.due')}: ${row.summary}`} disabled={locked} value={row.due ?? ''} onChange={(event) => edit({ due: event.target.value === '' ? null : event.target.value })} />
          <Owner label="" title={`${t('ticket.owner')}: ${row.summary}`} person={row.owner} problem={null} find={props.find} change={(owner) => edit({ owner })} />
        </div>
      )}
      {sent !== null && (
        <p className={sent.at === 'failed' ? 'refusal small' : 'quiet small'} role={sent.at === 'failed' ? 'alert' : 'status'}>
          {sent.at === 'failed' ? t('ticket.not-made', { reason: sent.reason }) : t(made ? 'ticket.tasks.made' : 'ticket.making')}
        </p>
      )}
    </li>
  );
}
