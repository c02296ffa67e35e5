/** A new ticket, made in Jira as whoever presses. */
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { TicketFormView, TicketInput } from '../../../../src/contract';
import { goToSettings, jiraCreateUrl, NoAnswer, press, Refused } from '../api';
import { SEND_KEY } from '../board/timeline/NoteFields';
import type { DialogProps } from '../dialog';
import { faultText } from '../jira/fault';
import { findAssignable, jiraValue, type FormField } from '../jira/form';
import { useAccount } from '../parts/account';
import { Button, Notice, OutLink } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { ProjectChoice, type Where } from '../parts/ProjectChoice';
import { KINDS } from '../parts/tickets';
import { useWords } from '../words';
import { textOf } from './given';
import { freshPress, pressFor, writtenStore, type Draft, type Press } from './ticket/draft';
import { Others } from './ticket/Others';
import { Owner } from './ticket/Owner';
import { useIssueForm, useTicketForm, whereOf } from './ticket/use-form';
import { useWait, waitOf } from './ticket/use-wait';

export default function Ticket({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const { form, again } = useTicketForm(textOf(given, 'incidentId'), textOf(given, 'pass'));
  if (form.at === 'loading') return <p role="status">{t('common.loading')}</p>;
  if (form.at === 'failed') {
    return (
      <Notice tone="warning" title={t('ticket.form.failed')} actions={<Button onClick={again}>{t('common.retry')}</Button>}>
        <p>{words.reason(form.error)}</p>
        {form.error instanceof Refused && form.error.error.code === 'jira-absent' && <p>{t('ticket.absent.text')}</p>}
      </Notice>
    );
  }
  return <Form given={given} form={form.value} done={done} />;
}

const NEXT_KEY = SEND_KEY.startsWith('⌘') ? '⇧⌘ Enter' : 'Ctrl+Shift+Enter';

interface Problem {
  readonly field: string | null;
  readonly text: string;
}

function Form(props: { readonly given: DialogProps['given']; readonly form: TicketFormView; readonly done: DialogProps['done'] }) {
  const words = useWords();
  const { t } = words;
  const account = useAccount();
  const inputMethod = useInputMethod();
  const { given, form, done } = props;
  const incidentId = textOf(given, 'incidentId');
  const entryId = textOf(given, 'entryId');
  const store = useMemo(() => writtenStore(incidentId, account, entryId === '' ? 'new' : entryId), [incidentId, account, entryId]);
  const blank = useMemo<Draft>(() => ({ summary: textOf(given, 'summary'), kind: 'prevent', owner: null, due: form.dueDate, priority: '', others: {}, names: {} }), [given, form.dueDate]);
  const [kept] = useState(() => store.read());
  const [draft, setDraft] = useState(kept?.draft ?? blank);
  const [restored, setRestored] = useState(kept !== null);
  const op = useRef<Press>(kept?.press ?? freshPress());
  const [where, setWhere] = useState<Where>(() => whereOf(form));
  const [elsewhere, setElsewhere] = useState(form.project === null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState<'last' | 'next' | null>(null);
  /** Made in this dialog. */
  const [made, setMade] = useState(0);
  const { seconds, wait } = useWait();
  const { fields, again } = useIssueForm(where);
  const box = useRef<HTMLDivElement>(null);
  const summary = useRef<HTMLInputElement>(null);
  useEffect(() => summary.current?.focus(), []);

  const meta = fields.at === 'shown' ? fields.value : null;
  const { has, needs } = meta ?? { has: { owner: true, due: true, priority: false }, needs: { owner: false, due: false, priority: false } };
  const unaskable = meta?.others.filter(({ input }) => input === 'none') ?? [];
  const projectKey = where.project?.key ?? '';
  const find = useCallback((typed: string) => findAssignable(projectKey, typed), [projectKey]);

  const edit = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    setProblem(null);
    store.write({ draft: next, press: op.current });
  };
  const discard = (): void => {
    store.write(null);
    op.current = freshPress();
    setDraft(blank);
    setRestored(false);
    setProblem(null);
  };
  const refuse = (field: string | null, text: string): void => {
    setProblem({ field, text });
    if (field === 'projectId' || field === 'issueTypeId') setElsewhere(true);
  };
  useEffect(() => {
    if (problem !== null) box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problem]);

  const missing = (): Problem | null => {
    const required = (field: string): Problem => ({ field, text: t('ticket.required') });
    if (draft.summary.trim() === '') return { field: 'summary', text: t('error.summary-empty') };
    if (needs.owner && draft.owner === null) return required('assignee');
    if (needs.due && draft.due === '') return required('dueDate');
    if (needs.priority && draft.priority === '') return required('priority');
    const other = meta?.others.find((field) => field.input !== 'none' && jiraValue(field, draft.others[field.key] ?? '') === null);
    if (other !== undefined) return { field: `fields.${other.key}`, text: t(other.input === 'number' && draft.others[other.key] !== undefined && draft.others[other.key] !== '' ? 'ticket.number' : 'ticket.required') };
    return where.project === null ? required('projectId') : where.type === null ? required('issueTypeId') : null;
  };
  /** `next`: the dialog stays for another one like it. */
  const send = (then: 'last' | 'next'): void => {
    if (sending !== null || seconds > 0 || unaskable.length > 0) return;
    const wrong = missing();
    if (wrong !== null) return refuse(wrong.field, wrong.text);
    const ticket = ticketOf(draft, where, has, meta?.others ?? []);
    const content = JSON.stringify(ticket);
    op.current = pressFor(op.current, content);
    store.write({ draft, press: op.current });
    setSending(then);
    setProblem(null);
    press('ticket.create', { incidentId, opId: op.current.opId, ticket, ...(entryId === '' ? {} : { entryId }) }).then(
      () => {
        store.write(null);
        if (then === 'last') return done({ changed: true });
        op.current = freshPress();
        setDraft({ ...draft, summary: '' });
        setRestored(false);
        setMade(made + 1);
        setSending(null);
        summary.current?.focus();
      },
      (error: unknown) => {
        const ms = waitOf(error);
        setSending(null);
        if (ms !== null) wait(ms);
        else if (!(error instanceof NoAnswer)) op.current = { ...op.current, refused: content };
        store.write({ draft, press: op.current });
        refuse(error instanceof Refused ? error.error.field : null, words.reason(error));
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (inputMethod.owns(event) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send(event.shiftKey && entryId === '' ? 'next' : 'last');
  };

  const at = (field: string): string | null => (problem?.field === field ? problem.text : null);
  const shown = new Set(['summary', 'kind', 'projectId', 'issueTypeId', ...(has.owner ? ['assignee'] : []), ...(has.due ? ['dueDate'] : []), ...(has.priority ? ['priority'] : []), ...(meta?.others ?? []).map(({ key }) => `fields.${key}`)]);
  const said = (field: string, hint: ReactNode = null) => {
    const text = at(field);
    return (
      <p id={`ticket-${field}-said`} className={text === null ? 'quiet small' : 'refusal'} role={text === null ? undefined : 'alert'}>
        {text ?? hint}
      </p>
    );
  };
  const common = (field: string) => ({ id: `ticket-${field}`, 'aria-invalid': at(field) !== null, 'aria-describedby': `ticket-${field}-said` });
  const must = <span className="quiet">({t('home.form.required')})</span>;

  return (
    <div className="dialog-form" ref={box} onKeyDown={onKeyDown} {...inputMethod.handlers}>
      {restored && (
        <p className="quiet" role="status">
          {t('note.restored')}{' '}
          <Button look="quiet" className="small-button" onClick={discard}>
            {t('note.discard')}
          </Button>
        </p>
      )}
      {form.isPrivate && (
        <p className="dialog-warning" role="note">
          {t('ticket.private')}
        </p>
      )}
      <div className="field">
        <label htmlFor="ticket-summary">
          {t('ticket.summary')} {must}
        </label>
        <input {...common('summary')} ref={summary} className="input" maxLength={255} aria-required value={draft.summary} onChange={(event) => edit({ summary: event.target.value })} />
        {said('summary', t('ticket.summary.hint'))}
      </div>
      <div className="field-row">
        <div className="field">
          <label htmlFor="ticket-kind">{t('ticket.kind')}</label>
          <select {...common('kind')} className="select" value={draft.kind} onChange={(event) => edit({ kind: KINDS.find((kind) => kind === event.target.value) ?? 'prevent' })}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`ticket.kind.${kind}`)}
              </option>
            ))}
          </select>
          {said('kind', t(`ticket.kind.${draft.kind}.meaning`))}
        </div>
        {has.due && (
          <div className="field">
            <label htmlFor="ticket-dueDate">
              {t('ticket.due')} {needs.due && must}
            </label>
            <input {...common('dueDate')} className="input" type="date" value={draft.due} onChange={(event) => edit({ due: event.target.value })} />
            {said('dueDate')}
          </div>
        )}
      </div>
      <div className="field-row">
        {has.owner && <Owner label={<>{t('ticket.owner')} {needs.owner && must}</>} title={t('ticket.owner')} person={draft.owner} problem={at('assignee')} find={find} change={(owner) => edit({ owner })} />}
        {has.priority && meta !== null && (
          <div className="field">
            <label htmlFor="ticket-priority">
              {t('ticket.priority')} {needs.priority && must}
            </label>
            <select {...common('priority')} className="select" value={draft.priority} onChange={(event) => edit({ priority: event.target.value })}>
              <option value="">{meta.usualPriority === null ? t('ticket.priority.usual') : t('ticket.priority.usual-named', { name: meta.usualPriority })}</option>
              {meta.priorities.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
            {said('priority')}
          </div>
        )}
      </div>
      {meta !== null && (
        <Others
          fields={meta.others}
          values={draft.others}
          names={draft.names}
          change={(key, value, name) => edit({ others: { ...draft.others, [key]: value }, ...(name !== undefined && typeof value === 'string' ? { names: { ...draft.names, [value]: name } } : {}) })}
          problem={(key) => at(`fields.${key}`)}
          find={find}
        />
      )}
      {form.project === null && (
        <p className="quiet small">
          {t(form.isAdmin ? 'ticket.no-project.admin' : 'ticket.no-project')}{' '}
          {form.isAdmin && (
            <button type="button" className="link-button" onClick={goToSettings}>
              {t('board.unconfigured.link')}
            </button>
          )}
        </p>
      )}
      {elsewhere ? (
        <ProjectChoice
          where={where}
          change={(next) => {
            setWhere(next);
            setProblem(null);
          }}
          problem={{ project: at('projectId'), type: at('issueTypeId') }}
        />
      ) : (
        <p className="ticket-where">
          <span className="quiet small">{t('ticket.where')}</span> {where.project?.name} ({where.project?.key}) · {where.type?.name}
          <Button look="quiet" className="small-button" onClick={() => setElsewhere(true)}>
            {t('ticket.where.change')}
          </Button>
        </p>
      )}
      {fields.at === 'failed' && (
        <p role="alert">
          {t('ticket.fields.failed')} {faultText(fields.error, words)}{' '}
          <Button className="small-button" onClick={again}>
            {t('common.retry')}
          </Button>
        </p>
      )}
      {unaskable.length > 0 && where.project !== null && where.type !== null && (
        <p className="dialog-warning" role="alert">
          {t('ticket.unaskable', { fields: unaskable.map(({ name }) => name).join(t('common.list-separator')) })} <OutLink href={jiraCreateUrl(where.project.id, where.type.id)}>{t('ticket.unaskable.link')}</OutLink>
        </p>
      )}
      {problem !== null && (problem.field === null || !shown.has(problem.field)) && seconds === 0 && (
        <p className="refusal" role="alert">
          {t('ticket.not-made', { reason: problem.text })}
        </p>
      )}
      {seconds > 0 && (
        <p className="refusal" role="status">
          {t('ticket.wait', { n: seconds })}
        </p>
      )}
      <div className="dialog-actions">
        <p className="quiet" role="status">
          {made > 0 && t('ticket.made', { n: made })}
        </p>
        <Button onClick={() => done(made > 0 ? { changed: true } : null)}>{t(made > 0 ? 'common.done' : 'common.cancel')}</Button>
        {entryId === '' && (
          <Button busy={sending !== null} disabled={seconds > 0 || unaskable.length > 0} onClick={() => send('next')}>
            {t(sending === 'next' ? 'ticket.making' : 'ticket.make-next')} <kbd className="key-hint">{NEXT_KEY}</kbd>
          </Button>
        )}
        <Button look="primary" busy={sending !== null} disabled={seconds > 0 || unaskable.length > 0} onClick={() => send('last')}>
          {t(sending === 'last' ? 'ticket.making' : 'ticket.make')} <kbd className="key-hint">{SEND_KEY}</kbd>
        </Button>
      </div>
    </div>
  );
}

/** What is not asked for on this form is not sent either. */
export function ticketOf(draft: Draft, where: Where, has: { readonly owner: boolean; readonly due: boolean; readonly priority: boolean }, others: readonly FormField[]): TicketInput {
  return {
    summary: draft.summary.trim(),
    kind: draft.kind,
    assignee: has.owner ? (draft.owner?.accountId ?? null) : null,
    dueDate: has.due && draft.due !== '' ? draft.due : null,
    priority: has.priority && draft.priority !== '' ? draft.priority : null,
    projectId: where.project?.id ?? '',
    issueTypeId: where.type?.id ?? '',
    fields: Object.fromEntries(others.map((field) => [field.key, jiraValue(field, draft.others[field.key] ?? '')] as const).filter(([, value]) => value !== null)),
  };
}
