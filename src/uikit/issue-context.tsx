/** The issue's context in Jira: which incident, and whether it is firing now. The panel is hidden until somebody opens it, so this answers alone. */
import type { ReactElement } from 'react';
import ForgeReconciler, { I18nProvider, Inline, Link, Lozenge, Spinner, Stack, Text } from '@forge/react';
import type { IssueIncidentView } from '../contract';
import { useIssue, useIssueIncident } from './issue';
import { useKit, type Kit } from './kit';
import { alertLine, SEVERITY_LOOK, STATUS_LOOK } from './looks';

function Shown({ view, kit }: { readonly view: Extract<IssueIncidentView, { state: 'shown' }>; readonly kit: Kit }): ReactElement {
  const { incident, alerts } = view;
  const [first] = alerts ?? [];
  const name = kit.say('board.key', { key: incident.key });
  return (
    <Stack space="space.100">
      <Inline space="space.100" alignBlock="center" shouldWrap>
        {incident.page === null ? <Text weight="bold">{name}</Text> : <Link href={incident.page.url}>{name}</Link>}
        <Lozenge appearance={SEVERITY_LOOK[incident.severity]} isBold={incident.severity === 'sev1'}>
          {kit.severity(view.scheme, incident.severity)}
        </Lozenge>
        <Lozenge appearance={STATUS_LOOK[incident.status]}>{kit.say(`status.${incident.status}`)}</Lozenge>
      </Inline>
      {first === undefined ? <Text>{kit.say(alerts === null ? 'jira.alert.unknown' : 'jira.alert.none')}</Text> : <Text>{alertLine(first, view.now, kit)}</Text>}
      {first?.firedAgainAt == null ? null : (
        <Text weight="medium" color="color.text.danger">
          {kit.say('jira.alert.again', { at: kit.time(first.firedAgainAt) })}
        </Text>
      )}
    </Stack>
  );
}

function Context(): ReactElement {
  const kit = useKit();
  const issue = useIssue();
  const { seen } = useIssueIncident(issue?.id ?? null);
  if (!kit.ready || seen.state === 'loading') return <Spinner size="small" />;
  if (seen.state === 'failed') return <Text>{kit.reason(seen.error)}</Text>;
  if (seen.view.state === 'none') return <Text>{kit.say('jira.none')}</Text>;
  if (seen.view.state === 'hidden') return <Text>{kit.say('jira.hidden')}</Text>;
  return <Shown view={seen.view} kit={kit} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <Context />
  </I18nProvider>,
);
