/** Text selected on a page becomes a ticket of the page's incident, or of one that is chosen. */
import { useEffect, useState, type ReactElement } from 'react';
import { view } from '@forge/bridge';
import ForgeReconciler, { I18nProvider, Label, SectionMessage, Select, Spinner, Stack, Text, useProductContext } from '@forge/react';
import { incidentChoice, TicketForm, useIncidents } from './issue-dialogs';
import { ask, useKit, type Kit } from './kit';

interface Choice {
  readonly label: string;
  readonly value: string;
}
const SUMMARY_MAX = 255;
/** Words as they stand in one line; what is longer than a summary may be is for the person to shorten. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, SUMMARY_MAX);

function usePage(): { readonly ready: boolean; readonly pageId: string | null; readonly text: string } {
  const context = useProductContext();
  const { content, selectedText } = (context?.extension ?? {}) as { readonly content?: { readonly id?: unknown }; readonly selectedText?: unknown };
  return { ready: context !== undefined, pageId: content?.id === undefined ? null : String(content.id), text: typeof selectedText === 'string' ? selectedText : '' };
}

function Chosen({ kit, home, summary }: { readonly kit: Kit; readonly home: string | null; readonly summary: string }): ReactElement {
  const incidents = useIncidents();
  const [chosen, setChosen] = useState<Choice | null>(null);
  const close = (): void => void view.close().catch(() => undefined);
  const incidentId = home ?? chosen?.value ?? null;
  if (incidents === null) return <Spinner />;
  if ('messageKey' in incidents) return <Text>{kit.reason(incidents)}</Text>;
  return (
    <Stack space="space.150">
      {home !== null ? null : (
        <Stack>
          <Label labelFor="incident">{kit.say('jira.field.incident')}</Label>
          <Select id="incident" placeholder={kit.say('select.choose')} options={incidents.map((incident) => incidentChoice(kit, incident))} value={chosen} onChange={(next: Choice | null) => setChosen(next)} />
        </Stack>
      )}
      {incidentId === null ? null : <TicketForm key={incidentId} kit={kit} incidentId={incidentId} summary={summary} onClose={close} />}
    </Stack>
  );
}

function Selection(): ReactElement {
  const kit = useKit();
  const { ready, pageId, text } = usePage();
  const [home, setHome] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    if (!ready) return;
    if (pageId === null) return setHome(null);
    void ask('board.load', { pageId }).then((answer) => setHome(answer.ok ? answer.value.incident.id : null));
  }, [ready, pageId]);
  if (!kit.ready || home === undefined) return <Spinner />;
  if (kit.isPaused) return <Text>{kit.say('error.license-inactive')}</Text>;
  if (oneLine(text) === '') {
    return (
      <SectionMessage appearance="information">
        <Text>{kit.say('selection.empty')}</Text>
      </SectionMessage>
    );
  }
  return <Chosen kit={kit} home={home} summary={oneLine(text)} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <Selection />
  </I18nProvider>,
);
