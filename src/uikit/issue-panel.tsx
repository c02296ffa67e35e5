/** The issue's panel in Jira: the incident, its alert now, sibling tickets, and what can be done from here. */
import { useState, type ReactElement } from 'react';
import { router } from '@forge/bridge';
import ForgeReconciler, {
  Button, ButtonGroup, I18nProvider, Inline, LinkButton, Link, List, ListItem, Lozenge, SectionMessage, Spinner, Stack, Text,
} from '@forge/react';
import type { IssueIncidentView } from '../contract';
import { AttachDialog, DeclareDialog, TicketDialog, UnlinkDialog } from './issue-dialogs';
import { useIssue, useIssueIncident, useIssueStates, type IssuePlace } from './issue';
import { useKit, type Kit } from './kit';
import { alertLine, SEVERITY_LOOK, STATUS_LOOK } from './looks';

type Shown = Extract<IssueIncidentView, { state: 'shown' }>;
type Opened = 'ticket' | 'attach' | 'unlink' | 'declare' | null;
interface Doing {
  readonly kit: Kit;
  readonly issue: IssuePlace;
  refresh(): void;
}

function Phases({ incident, kit }: { readonly incident: Shown['incident']; readonly kit: Kit }): ReactElement {
  const times = [
    ['jira.phase.detected', incident.detectedAt],
    ['jira.phase.declared', incident.declaredAt],
    ['jira.phase.mitigated', incident.mitigatedAt],
    ['jira.phase.resolved', incident.resolvedAt],
  ] as const;
  return <Text color="color.text.subtle">{times.flatMap(([key, at]) => (at === null ? [] : [`${kit.say(key)} ${kit.time(at)}`])).join(' → ')}</Text>;
}

function Alerts({ view, kit }: { readonly view: Shown; readonly kit: Kit }): ReactElement {
  const { alerts, now } = view;
  if (alerts === null) return <Text>{kit.say('jira.alert.unknown')}</Text>;
  if (alerts.length === 0) return <Text>{kit.say('jira.alert.none')}</Text>;
  return (
    <Stack space="space.050">
      {alerts.slice(0, 5).map((alert) => (
        <Inline key={`${alert.monitorName} ${alert.hostName ?? ''}`} space="space.100" alignBlock="center" shouldWrap>
          <Text>{alertLine(alert, now, kit)}</Text>
          {alert.firedAgainAt === null ? null : <Lozenge appearance="removed">{kit.say('jira.alert.again', { at: kit.time(alert.firedAgainAt) })}</Lozenge>}
        </Inline>
      ))}
    </Stack>
  );
}

function Siblings({ view, kit }: { readonly view: Shown; readonly kit: Kit }): ReactElement {
  const states = useIssueStates([view.ticket, ...view.siblings]);
  const wanted = [view.ticket, ...view.siblings].filter((ticket) => ticket.dropped === null && ticket.state === 'linked');
  const known = wanted.flatMap((ticket) => states?.get(ticket.issueId ?? '') ?? []);
  return (
    <Stack space="space.050">
      <Text weight="medium">{kit.say('jira.siblings', { done: known.filter(({ done }) => done).length, all: wanted.length })}</Text>
      {view.siblings.length === 0 ? null : (
        <List type="unordered">
          {view.siblings.slice(0, 20).map((ticket) => {
            const state = states?.get(ticket.issueId ?? '');
            const key = state?.key ?? ticket.key;
            return (
              <ListItem key={ticket.id}>
                <Inline space="space.100" alignBlock="center" shouldWrap>
                  {key === null ? <Text>{ticket.summary ?? ''}</Text> : <Link href={`/browse/${key}`}>{key}</Link>}
                  {state === undefined ? <Text color="color.text.subtle">{kit.say(states === null ? 'jira.sibling.reading' : 'jira.sibling.hidden')}</Text> : <Text>{state.summary}</Text>}
                  {ticket.dropped !== null ? <Lozenge>{kit.say('jira.sibling.dropped')}</Lozenge> : state === undefined ? null : <Lozenge appearance={state.done ? 'success' : 'inprogress'}>{state.status}</Lozenge>}
                </Inline>
              </ListItem>
            );
          })}
        </List>
      )}
    </Stack>
  );
}

/** Why nothing can be done from here. */
function PausedNote({ kit }: { readonly kit: Kit }): ReactElement | null {
  if (!kit.isPaused) return null;
  return (
    <SectionMessage appearance="warning" title={kit.say('license.title')}>
      <Text>{kit.say('license.text')}</Text>
    </SectionMessage>
  );
}

function ShownPanel({ view, ...doing }: Doing & { readonly view: Shown }): ReactElement {
  const { kit } = doing;
  const { incident } = view;
  const canEdit = view.canEdit && !kit.isPaused;
  const [opened, setOpened] = useState<Opened>(null);
  const close = (changed: boolean): void => {
    setOpened(null);
    if (changed) doing.refresh();
  };
  return (
    <Stack space="space.150">
      <PausedNote kit={kit} />
      <Inline space="space.100" alignBlock="center" shouldWrap>
        <Text weight="bold">{`${kit.say('board.key', { key: incident.key })} ${incident.title}`}</Text>
        <Lozenge appearance={SEVERITY_LOOK[incident.severity]} isBold={incident.severity === 'sev1'}>
          {kit.severity(view.scheme, incident.severity)}
        </Lozenge>
        <Lozenge appearance={STATUS_LOOK[incident.status]}>{kit.say(`status.${incident.status}`)}</Lozenge>
      </Inline>
      <Phases incident={incident} kit={kit} />
      <Alerts view={view} kit={kit} />
      <Siblings view={view} kit={kit} />
      <Inline space="space.050" shouldWrap>
        {incident.page === null ? null : <LinkButton href={incident.page.url}>{kit.say('jira.open-page')}</LinkButton>}
        {canEdit ? <Button onClick={() => setOpened('ticket')}>{kit.say('jira.further')}</Button> : null}
        {canEdit ? (
          <Button appearance="subtle" onClick={() => setOpened('attach')}>
            {kit.say('jira.attach-other')}
          </Button>
        ) : null}
        {canEdit ? (
          <Button appearance="subtle" onClick={() => setOpened('unlink')}>
            {kit.say('jira.unlink')}
          </Button>
        ) : null}
      </Inline>
      {opened === 'ticket' ? <TicketDialog {...doing} incidentId={incident.id} summary="" onClose={close} /> : null}
      {opened === 'attach' ? <AttachDialog {...doing} current={incident.id} onClose={close} /> : null}
      {opened === 'unlink' ? <UnlinkDialog {...doing} incidentId={incident.id} ticketId={view.ticket.id} onClose={close} /> : null}
    </Stack>
  );
}

function NonePanel({ view, ...doing }: Doing & { readonly view: Extract<IssueIncidentView, { state: 'none' }> }): ReactElement {
  const { kit } = doing;
  const [opened, setOpened] = useState<Opened>(null);
  const close = (changed: boolean): void => {
    setOpened(null);
    if (changed) doing.refresh();
  };
  if (!view.configured) return <Text>{kit.say('jira.not-configured')}</Text>;
  return (
    <Stack space="space.150">
      <PausedNote kit={kit} />
      <Text>{kit.say('jira.none')}</Text>
      {kit.isPaused ? null : (
        <ButtonGroup>
          <Button onClick={() => setOpened('attach')}>{kit.say('jira.attach')}</Button>
          {view.spaces.length > 0 ? <Button onClick={() => setOpened('declare')}>{kit.say('jira.declare')}</Button> : null}
        </ButtonGroup>
      )}
      {opened === 'attach' ? <AttachDialog {...doing} current={null} onClose={close} /> : null}
      {opened === 'declare' ? <DeclareDialog {...doing} spaces={view.spaces} scheme={view.scheme} onClose={close} onDeclared={(url) => void router.open(url).catch(() => undefined)} /> : null}
    </Stack>
  );
}

function Panel(): ReactElement {
  const kit = useKit();
  const issue = useIssue();
  const { seen, refresh } = useIssueIncident(issue?.id ?? null);
  if (!kit.ready || issue === null || seen.state === 'loading') return <Spinner />;
  if (seen.state === 'failed') {
    return (
      <SectionMessage appearance="warning">
        <Text>{kit.reason(seen.error)}</Text>
        <Button spacing="compact" onClick={refresh}>
          {kit.say('config.retry')}
        </Button>
      </SectionMessage>
    );
  }
  const doing = { kit, issue, refresh };
  if (seen.view.state === 'none') return <NonePanel {...doing} view={seen.view} />;
  if (seen.view.state === 'hidden') return <Text>{kit.say('jira.hidden')}</Text>;
  return <ShownPanel {...doing} view={seen.view} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <Panel />
  </I18nProvider>,
);
