/** The configuration of a board macro: which incident, which sections, how large. */
import { useEffect, useState, type ReactElement } from 'react';
import { makeInvoke, view } from '@forge/bridge';
import ForgeReconciler, {
  Button, ButtonGroup, CheckboxGroup, ErrorMessage, Form, FormFooter, FormSection, HelperMessage, I18nProvider, Label, SectionMessage, Select, Spinner, Stack, Strong, Text, Toggle,
  useProductContext, useTranslation,
} from '@forge/react';
import type { AppApi, BoardSection, IncidentHeadView } from '../contract';
import { configOf, formOf, incidentOptions, SECTIONS, type BoardForm, type IncidentOption } from './board-form';

const invoke = makeInvoke<AppApi>();

type Incidents =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'unconfigured' }
  | { readonly state: 'ready'; readonly incidents: readonly IncidentHeadView[] };

async function loadIncidents(): Promise<Incidents> {
  const answer = await invoke('home.load', {}).catch(() => null);
  if (answer === null || !answer.ok) return { state: 'failed' };
  return answer.value.configured ? { state: 'ready', incidents: answer.value.incidents } : { state: 'unconfigured' };
}

function Settings({ stored, isFromLink }: { readonly stored: unknown; readonly isFromLink: boolean }): ReactElement {
  const { t } = useTranslation();
  const [form, setForm] = useState<BoardForm>(() => formOf(stored));
  const [loaded, setLoaded] = useState<Incidents>({ state: 'loading' });
  const [turn, setTurn] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void loadIncidents().then((found) => current && setLoaded(found));
    return () => {
      current = false;
    };
  }, [turn]);

  const change = (part: Partial<BoardForm>): void => setForm((before) => ({ ...before, ...part }));
  const save = async (): Promise<void> => {
    if (form.sections.length === 0) return;
    setFailure(null);
    await view.submit({ config: configOf(form, stored) }).catch((error: unknown) => setFailure(error instanceof Error ? error.message : ''));
  };
  const options = incidentOptions(loaded.state === 'ready' ? loaded.incidents : [], form.incidentId, {
    own: t(isFromLink ? 'config.incident.link' : 'config.incident.page'),
    unlisted: t(loaded.state === 'loading' ? 'config.incident.loading' : 'config.incident.unlisted'),
    status: (status) => t(`status.${status}`),
  });
  return (
    <Form onSubmit={save}>
      {failure === null ? null : (
        <SectionMessage appearance="error" title={t('config.not-saved')}>
          <Text>{failure}</Text>
        </SectionMessage>
      )}
      <Label labelFor="incident">{t('config.incident')}</Label>
      <Select
        id="incident"
        placeholder={t('select.choose')}
        isLoading={loaded.state === 'loading'}
        options={[...options]}
        value={options.find(({ value }) => value === (form.incidentId ?? '')) ?? null}
        onChange={(chosen: IncidentOption | null) => change({ incidentId: chosen === null || chosen.value === '' ? null : chosen.value })}
      />
      {loaded.state === 'failed' ? <LoadFailed retry={() => setTurn((n) => n + 1)} /> : <HelperMessage>{t(loaded.state === 'unconfigured' ? 'config.unconfigured' : 'config.incident.help')}</HelperMessage>}
      <FormSection>
        <Text>
          <Strong>{t('config.sections')}</Strong>
        </Text>
        <CheckboxGroup
          name="sections"
          options={SECTIONS.map((value) => ({ value, label: t(`config.section.${value}`) }))}
          value={[...form.sections]}
          onChange={(values: string[]) => change({ sections: SECTIONS.filter((section: BoardSection) => values.includes(section)) })}
        />
        {form.sections.length === 0 ? <ErrorMessage>{t('config.sections.none')}</ErrorMessage> : null}
      </FormSection>
      <FormSection>
        <Label labelFor="compact">{t('config.compact')}</Label>
        <Toggle id="compact" isChecked={form.compact} onChange={() => change({ compact: !form.compact })} />
        <HelperMessage>{t('config.compact.help')}</HelperMessage>
      </FormSection>
      <FormFooter>
        <ButtonGroup>
          <Button appearance="subtle" onClick={() => void view.close().catch(() => undefined)}>
            {t('config.cancel')}
          </Button>
          <Button appearance="primary" type="submit" isDisabled={form.sections.length === 0}>
            {t('config.save')}
          </Button>
        </ButtonGroup>
      </FormFooter>
    </Form>
  );
}

/** The page's own incident can be chosen without the list, so the form stays usable. */
function LoadFailed({ retry }: { readonly retry: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Stack space="space.100" alignInline="start">
      <ErrorMessage>{t('config.incident.failed')}</ErrorMessage>
      <Button spacing="compact" onClick={retry}>
        {t('config.retry')}
      </Button>
    </Stack>
  );
}

function BoardConfigScreen(): ReactElement {
  const { ready } = useTranslation();
  const context = useProductContext();
  if (!ready || context === undefined) return <Spinner />;
  const { config, autoConvertLink } = (context.extension ?? {}) as { readonly config?: unknown; readonly autoConvertLink?: unknown };
  return <Settings stored={config} isFromLink={typeof autoConvertLink === 'string'} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <BoardConfigScreen />
  </I18nProvider>,
);
