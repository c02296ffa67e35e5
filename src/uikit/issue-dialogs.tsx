/** Dialogs of the Jira surfaces and of selected text. What is typed stays until it is accepted. */
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import {
  Button, ButtonGroup, DatePicker, ErrorMessage, Form, FormFooter, HelperMessage, Label, LoadingButton, Modal, ModalBody, ModalFooter, ModalHeader, ModalTitle, ModalTransition, SectionMessage, Select, Spinner, Stack, Text,
  Textfield,
} from '@forge/react';
import type { IncidentHeadView, SchemeView, Severity, TicketFormView, TicketKind } from '../contract';
import { ask, newOperation, press, type Answer, type Kit } from './kit';
import { useSummary, type IssuePlace } from './issue';
import { KINDS, SEVERITIES } from './looks';

interface Common {
  readonly kit: Kit;
  onClose(changed: boolean): void;
}
interface Choice<T extends string = string> {
  readonly label: string;
  readonly value: T;
}
type Refusal = Extract<Answer<unknown>, { ok: false }>['error'];

function Shell({ kit, title, children, footer, onClose }: Common & { readonly title: string; readonly children: ReactNode; readonly footer: ReactNode }): ReactElement {
  return (
    <ModalTransition>
      <Modal onClose={() => onClose(false)}>
        <ModalHeader>
          <ModalTitle>{title}</ModalTitle>
        </ModalHeader>
        <ModalBody>
          <Stack space="space.150">{children}</Stack>
        </ModalBody>
        <ModalFooter>
          <ButtonGroup>
            <Button appearance="subtle" onClick={() => onClose(false)}>
              {kit.say('config.cancel')}
            </Button>
            {footer}
          </ButtonGroup>
        </ModalFooter>
      </Modal>
    </ModalTransition>
  );
}

/** Jira's own sentence stands beside ours. */
function Refused({ kit, error }: { readonly kit: Kit; readonly error: Refusal | null }): ReactElement | null {
  return error === null ? null : (
    <SectionMessage appearance="error">
      <Text>{kit.reason(error)}</Text>
    </SectionMessage>
  );
}

/** One press at a time; the operation id stays the same until the press is answered for good. */
function usePress(): { readonly busy: boolean; readonly error: Refusal | null; run<T>(work: (opId: string) => Promise<Answer<T>>): Promise<T | null> } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Refusal | null>(null);
  const [opId, setOpId] = useState(newOperation);
  return {
    busy,
    error,
    async run(work) {
      setBusy(true);
      setError(null);
      const answer = await work(opId);
      setBusy(false);
      if (answer.ok) return answer.value;
      setError(answer.error);
      if (answer.error.code !== 'busy' && answer.error.code !== 'internal') setOpId(newOperation());
      return null;
    },
  };
}

interface NewTicket {
  /** The fields, or why there are none. */
  readonly body: ReactElement;
  readonly busy: boolean;
  /** null: there is nothing to send. */
  readonly send: (() => Promise<void>) | null;
}
/** The fields of a new ticket of the incident; `summary` is what they begin with. */
function useNewTicket({ kit, incidentId, summary: first, onClose }: Common & { readonly incidentId: string; readonly summary: string }): NewTicket {
  const [form, setForm] = useState<TicketFormView | Refusal | null>(null);
  const [summary, setSummary] = useState(first);
  const [kind, setKind] = useState<TicketKind>('prevent');
  const [dueDate, setDueDate] = useState<string | null>(null);
  const { busy, error, run } = usePress();
  useEffect(() => {
    void ask('ticket.form', { incidentId, pass: '' }).then((answer) => {
      setForm(answer.ok ? answer.value : answer.error);
      if (answer.ok) setDueDate(answer.value.dueDate);
    });
  }, [incidentId]);
  const nothing = (body: ReactElement): NewTicket => ({ body, busy, send: null });
  if (form === null) return nothing(<Spinner />);
  if (!('project' in form)) return nothing(<Refused kit={kit} error={form} />);
  const { project } = form;
  if (project === null) return nothing(<Text>{kit.say(form.isAdmin ? 'jira.no-project.admin' : 'jira.no-project')}</Text>);
  const kinds: readonly Choice<TicketKind>[] = KINDS.map((value) => ({ value, label: kit.say(`ticket.kind.${value}`) }));
  const send = async (): Promise<void> => {
    const ticket = { summary, kind, assignee: null, dueDate, priority: null, projectId: project.projectId, issueTypeId: project.issueTypeId, fields: {} };
    if ((await run((opId) => press('ticket.create', { incidentId, opId, ticket }))) !== null) onClose(true);
  };
  const body = (
    <Stack space="space.150">
      {form.isPrivate ? (
        <SectionMessage appearance="warning">
          <Text>{kit.say('jira.private')}</Text>
        </SectionMessage>
      ) : null}
      <Refused kit={kit} error={error} />
      <Stack>
        <Label labelFor="summary">{kit.say('jira.field.summary')}</Label>
        <Textfield id="summary" value={summary} maxLength={255} onChange={(event) => setSummary(String((event as { target: { value?: unknown } }).target.value ?? ''))} />
        {error?.field === 'summary' ? <ErrorMessage>{kit.reason(error)}</ErrorMessage> : null}
      </Stack>
      <Stack>
        <Label labelFor="kind">{kit.say('jira.field.kind')}</Label>
        <Select id="kind" placeholder={kit.say('select.choose')} options={[...kinds]} value={kinds.find(({ value }) => value === kind) ?? null} onChange={(chosen: Choice<TicketKind> | null) => chosen !== null && setKind(chosen.value)} />
      </Stack>
      <Stack>
        <Label labelFor="due">{kit.say('jira.field.due')}</Label>
        <DatePicker id="due" value={dueDate ?? ''} onChange={(date: string) => setDueDate(date === '' ? null : date)} />
        <HelperMessage>{kit.say('jira.into', { project: project.projectName, type: project.issueTypeName })}</HelperMessage>
      </Stack>
    </Stack>
  );
  return { body, busy, send: summary.trim() === '' ? null : send };
}

/** A new ticket on a surface of its own. */
export function TicketForm(props: Common & { readonly incidentId: string; readonly summary: string }): ReactElement {
  const { kit, onClose } = props;
  const { body, busy, send } = useNewTicket(props);
  return (
    <Form onSubmit={async () => await send?.()}>
      {body}
      <FormFooter>
        <ButtonGroup>
          <Button appearance="subtle" onClick={() => onClose(false)}>
            {kit.say('config.cancel')}
          </Button>
          <LoadingButton appearance="primary" isLoading={busy} isDisabled={send === null} type="submit">
            {kit.say('jira.create')}
          </LoadingButton>
        </ButtonGroup>
      </FormFooter>
    </Form>
  );
}

export function TicketDialog(props: Common & { readonly incidentId: string; readonly summary: string }): ReactElement {
  const { kit, onClose } = props;
  const { body, busy, send } = useNewTicket(props);
  return (
    <Shell
      kit={kit}
      onClose={onClose}
      title={kit.say('jira.further')}
      footer={
        <LoadingButton appearance="primary" isLoading={busy} isDisabled={send === null} onClick={() => void send?.()}>
          {kit.say('jira.create')}
        </LoadingButton>
      }
    >
      {body}
    </Shell>
  );
}

type Incidents = readonly IncidentHeadView[] | Refusal | null;
export const incidentChoice = (kit: Kit, { id, key, title, status }: IncidentHeadView): Choice => ({ value: id, label: `${kit.say('board.key', { key })} ${title} (${kit.say(`status.${status}`)})` });

/** Incidents the viewer may see, newest first. */
export function useIncidents(): Incidents {
  const [incidents, setIncidents] = useState<Incidents>(null);
  useEffect(() => {
    void ask('home.load', {}).then((answer) => setIncidents(answer.ok ? [...answer.value.incidents].sort((a, b) => b.declaredAt - a.declaredAt) : answer.error));
  }, []);
  return incidents;
}

/** Attaches this issue to an incident, taking it off the one that has it. */
export function AttachDialog({ kit, issue, current, onClose }: Common & { readonly issue: IssuePlace; readonly current: string | null }): ReactElement {
  const incidents = useIncidents();
  const [chosen, setChosen] = useState<Choice | null>(null);
  const { busy, error, run } = usePress();
  const send = async (): Promise<void> => {
    if (chosen === null) return;
    if ((await run((opId) => press('ticket.link', { incidentId: chosen.value, opId, issue: issue.key, kind: null, move: current !== null }))) !== null) onClose(true);
  };
  const listed = incidents === null || 'messageKey' in incidents ? [] : incidents.filter(({ id }) => id !== current);
  return (
    <Shell
      kit={kit}
      onClose={onClose}
      title={kit.say(current === null ? 'jira.attach' : 'jira.attach-other')}
      footer={
        <LoadingButton appearance="primary" isLoading={busy} isDisabled={chosen === null} onClick={() => void send()}>
          {kit.say('jira.attach.send')}
        </LoadingButton>
      }
    >
      <Refused kit={kit} error={error ?? (incidents !== null && 'messageKey' in incidents ? incidents : null)} />
      <Stack>
        <Label labelFor="incident">{kit.say('jira.field.incident')}</Label>
        <Select id="incident" placeholder={kit.say('select.choose')} isLoading={incidents === null} options={listed.map((incident) => incidentChoice(kit, incident))} value={chosen} onChange={(next: Choice | null) => setChosen(next)} />
      </Stack>
    </Shell>
  );
}

export function UnlinkDialog({ kit, incidentId, ticketId, onClose }: Common & { readonly incidentId: string; readonly ticketId: string }): ReactElement {
  const { busy, error, run } = usePress();
  const send = async (): Promise<void> => {
    if ((await run((opId) => press('ticket.unlink', { incidentId, opId, ticketId }))) !== null) onClose(true);
  };
  return (
    <Shell
      kit={kit}
      onClose={onClose}
      title={kit.say('jira.unlink')}
      footer={
        <LoadingButton appearance="warning" isLoading={busy} onClick={() => void send()}>
          {kit.say('jira.unlink')}
        </LoadingButton>
      }
    >
      <Refused kit={kit} error={error} />
      <Text>{kit.say('jira.unlink.text')}</Text>
    </Shell>
  );
}

interface DeclareProps extends Common {
  readonly issue: IssuePlace;
  readonly spaces: readonly { readonly key: string; readonly name: string }[];
  readonly scheme: SchemeView | null;
  onDeclared(url: string): void;
}
const TITLE_MAX = 200;
/** A new incident page with this issue as its first ticket; its title begins as the issue's summary. */
export function DeclareDialog({ kit, issue, spaces, scheme, onClose, onDeclared }: DeclareProps): ReactElement {
  const severities: readonly Choice<Severity>[] = SEVERITIES.map((value) => ({ value, label: kit.severity(scheme, value) }));
  const options: readonly Choice[] = spaces.map(({ key, name }) => ({ value: key, label: name }));
  const summary = useSummary(issue);
  const [typed, setTyped] = useState<string | null>(null);
  const title = typed ?? summary.slice(0, TITLE_MAX);
  const [space, setSpace] = useState<Choice | null>(options[0] ?? null);
  const [severity, setSeverity] = useState<Severity>('pending');
  const { busy, error, run } = usePress();
  const send = async (): Promise<void> => {
    if (space === null || title.trim() === '') return;
    const made = await run((opId) => press('incident.declare', { opId, spaceKey: space.value, title, severity, visibility: 'public', candidateId: null, issueId: issue.key }));
    if (made === null) return;
    onClose(true);
    if (made.page !== null) onDeclared(made.page.url);
  };
  return (
    <Shell
      kit={kit}
      onClose={onClose}
      title={kit.say('jira.declare')}
      footer={
        <LoadingButton appearance="primary" isLoading={busy} isDisabled={title.trim() === '' || space === null} onClick={() => void send()}>
          {kit.say('jira.declare')}
        </LoadingButton>
      }
    >
      <Refused kit={kit} error={error} />
      <Stack>
        <Label labelFor="title">{kit.say('jira.field.title')}</Label>
        <Textfield id="title" value={title} maxLength={TITLE_MAX} onChange={(event) => setTyped(String((event as { target: { value?: unknown } }).target.value ?? ''))} />
      </Stack>
      <Stack>
        <Label labelFor="space">{kit.say('jira.field.space')}</Label>
        <Select id="space" placeholder={kit.say('select.choose')} options={[...options]} value={space} onChange={(next: Choice | null) => setSpace(next)} />
      </Stack>
      <Stack>
        <Label labelFor="severity">{kit.say('severity.label')}</Label>
        <Select id="severity" placeholder={kit.say('select.choose')} options={[...severities]} value={severities.find(({ value }) => value === severity) ?? null} onChange={(next: Choice<Severity> | null) => next !== null && setSeverity(next.value)} />
      </Stack>
    </Shell>
  );
}
