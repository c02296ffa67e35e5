/** An existing page becomes the home of a new incident. */
import { useEffect, useState, type ReactElement } from 'react';
import { requestConfluence, router, view } from '@forge/bridge';
import ForgeReconciler, {
  Button, ButtonGroup, ErrorMessage, Form, FormFooter, I18nProvider, Label, LoadingButton, SectionMessage, Select, Spinner, Stack, Text, Textfield, useProductContext,
} from '@forge/react';
import type { BoardView, SchemeView, Severity } from '../contract';
import { ask, newOperation, press, useKit, type Answer, type Kit } from './kit';
import { SEVERITIES } from './looks';

interface Place {
  readonly pageId: string;
  readonly spaceKey: string;
}
interface Choice {
  readonly label: string;
  readonly value: Severity;
}

function usePlace(): Place | null {
  const { content, space } = (useProductContext()?.extension ?? {}) as { readonly content?: { readonly id?: unknown }; readonly space?: { readonly key?: unknown } };
  return content?.id === undefined || typeof space?.key !== 'string' ? null : { pageId: String(content.id), spaceKey: space.key };
}

/** The page's title as the viewer sees it; empty when it cannot be had. */
async function titleOf(pageId: string): Promise<string> {
  const answer = await requestConfluence(`/wiki/api/v2/pages/${encodeURIComponent(pageId)}`, { headers: { Accept: 'application/json' } }).catch(() => null);
  const body = (answer?.ok === true ? await answer.json().catch(() => null) : null) as { readonly title?: unknown } | null;
  return typeof body?.title === 'string' ? body.title : '';
}

function Declare({ kit, place, title: first, scheme }: { readonly kit: Kit; readonly place: Place; readonly title: string; readonly scheme: SchemeView | null }): ReactElement {
  const options: readonly Choice[] = SEVERITIES.map((value) => ({ value, label: kit.severity(scheme, value) }));
  const [title, setTitle] = useState(first);
  const [severity, setSeverity] = useState<Severity>('pending');
  const [opId] = useState(newOperation);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Extract<Answer<unknown>, { ok: false }>['error'] | null>(null);
  const close = (): void => void view.close().catch(() => undefined);
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const answer = await press('incident.declare', { opId, spaceKey: place.spaceKey, title, severity, visibility: 'public', candidateId: null, pageId: place.pageId });
    setBusy(false);
    if (!answer.ok) return setError(answer.error);
    close();
    if (answer.value.page !== null) void router.navigate(answer.value.page.url).catch(() => undefined);
  };
  return (
    <Form onSubmit={send}>
      <Stack space="space.150">
        <Text>{kit.say('page-action.text')}</Text>
        {error !== null && error.field !== 'title' ? (
          <SectionMessage appearance="error">
            <Text>{kit.reason(error)}</Text>
          </SectionMessage>
        ) : null}
        <Stack>
          <Label labelFor="title">{kit.say('jira.field.title')}</Label>
          <Textfield id="title" value={title} maxLength={200} onChange={(event) => setTitle(String((event as { target: { value?: unknown } }).target.value ?? ''))} />
          {error?.field === 'title' ? <ErrorMessage>{kit.reason(error)}</ErrorMessage> : null}
        </Stack>
        <Stack>
          <Label labelFor="severity">{kit.say('severity.label')}</Label>
          <Select id="severity" placeholder={kit.say('select.choose')} options={[...options]} value={options.find(({ value }) => value === severity) ?? null} onChange={(next: Choice | null) => next !== null && setSeverity(next.value)} />
        </Stack>
      </Stack>
      <FormFooter>
        <ButtonGroup>
          <Button appearance="subtle" onClick={close}>
            {kit.say('config.cancel')}
          </Button>
          <LoadingButton appearance="primary" type="submit" isLoading={busy} isDisabled={title.trim() === ''}>
            {kit.say('page-action.send')}
          </LoadingButton>
        </ButtonGroup>
      </FormFooter>
    </Form>
  );
}

function PageAction(): ReactElement {
  const kit = useKit();
  const place = usePlace();
  const pageId = place?.pageId ?? null;
  const [there, setThere] = useState<{ readonly board: Answer<BoardView>; readonly title: string; readonly scheme: SchemeView | null } | null>(null);
  useEffect(() => {
    if (pageId === null) return;
    void Promise.all([ask('board.load', { pageId }), titleOf(pageId), ask('home.load', {})]).then(([board, title, home]) => setThere({ board, title, scheme: home.ok ? home.value.scheme : null }));
  }, [pageId]);
  if (!kit.ready || place === null || there === null) return <Spinner />;
  if (there.board.ok) return <Text>{kit.say('page-action.already', { key: there.board.value.incident.key })}</Text>;
  if (kit.isPaused) return <Text>{kit.say('error.license-inactive')}</Text>;
  if (there.board.error.code !== 'no-incident') return <Text>{kit.reason(there.board.error)}</Text>;
  return <Declare kit={kit} place={place} title={there.title} scheme={there.scheme} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <PageAction />
  </I18nProvider>,
);
