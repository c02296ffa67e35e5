/** The configuration of a graph macro: whose metric, which one, how far back. */
import { useEffect, useState, type ReactElement } from 'react';
import { view } from '@forge/bridge';
import ForgeReconciler, {
  Button, ButtonGroup, Form, FormFooter, HelperMessage, I18nProvider, Label, SectionMessage, Select, Spinner, Stack, Text, useProductContext,
} from '@forge/react';
import type { MetricChoices } from '../contract';
import { graphConfigOf, graphFormOf, PERIODS, type GraphForm } from './graph-form';
import { ask, useKit, type Answer, type Kit } from './kit';

interface Choice {
  readonly label: string;
  readonly value: string;
}
type Refusal = Extract<Answer<unknown>, { ok: false }>['error'];

/** What may be chosen; the metrics of `owner` come with it. */
function useChoices(owner: string | null): { readonly choices: MetricChoices | null; readonly busy: boolean; readonly error: Refusal | null } {
  const [loaded, setLoaded] = useState<{ readonly owner: string | null; readonly choices: MetricChoices | null; readonly error: Refusal | null } | null>(null);
  useEffect(() => {
    let current = true;
    const of = owner === null ? null : owner.startsWith('host:') ? { hostId: owner.slice(5) } : { service: owner.slice(8) };
    void ask('metric.choices', { of }).then((answer) => {
      if (current) setLoaded((old) => (answer.ok ? { owner, choices: answer.value, error: null } : { owner, choices: old?.choices ?? null, error: answer.error }));
    });
    return () => {
      current = false;
    };
  }, [owner]);
  return { choices: loaded?.choices ?? null, busy: loaded === null || loaded.owner !== owner, error: loaded?.error ?? null };
}

function Settings({ kit, stored }: { readonly kit: Kit; readonly stored: unknown }): ReactElement {
  const [form, setForm] = useState<GraphForm>(() => graphFormOf(stored));
  const [failure, setFailure] = useState<string | null>(null);
  const { choices, busy, error } = useChoices(form.owner);
  const owners: readonly Choice[] = [
    ...(choices?.services ?? []).map((name) => ({ value: `service:${name}`, label: kit.say('graph-macro.of-service', { name }) })),
    ...(choices?.hosts ?? []).map(({ id, name }) => ({ value: `host:${id}`, label: kit.say('graph-macro.of-host', { name }) })),
  ];
  const metrics: readonly Choice[] = (busy ? [] : (choices?.metrics ?? [])).map((value) => ({ value, label: value }));
  const periods: readonly Choice[] = PERIODS.map((minutes) => ({ value: String(minutes), label: kit.say('graph-macro.hours', { n: minutes / 60 }) }));
  // What is stored stays chosen while the lists are on their way, and where they no longer have it.
  const chosen = (options: readonly Choice[], value: string | null): Choice | null => (value === null ? null : (options.find((one) => one.value === value) ?? { value, label: value.replace(/^(host|service):/, '') }));
  const config = graphConfigOf(form);
  const save = async (): Promise<void> => {
    if (config === null) return;
    setFailure(null);
    await view.submit({ config }).catch((reason: unknown) => setFailure(reason instanceof Error ? reason.message : ''));
  };
  return (
    <Form onSubmit={save}>
      <Stack space="space.150">
        {failure === null ? null : (
          <SectionMessage appearance="error" title={kit.say('config.not-saved')}>
            <Text>{failure}</Text>
          </SectionMessage>
        )}
        {error === null ? null : (
          <SectionMessage appearance="warning">
            <Text>{kit.reason(error)}</Text>
          </SectionMessage>
        )}
        <Stack>
          <Label labelFor="owner">{kit.say('graph-macro.owner')}</Label>
          <Select id="owner" placeholder={kit.say('select.choose')} isLoading={choices === null && error === null} options={[...owners]} value={chosen(owners, form.owner)} onChange={(next: Choice | null) => setForm((old) => ({ ...old, owner: next?.value ?? null, metric: null }))} />
        </Stack>
        <Stack>
          <Label labelFor="metric">{kit.say('graph-macro.metric')}</Label>
          <Select id="metric" placeholder={kit.say('select.choose')} isLoading={form.owner !== null && busy} isDisabled={form.owner === null} options={[...metrics]} value={chosen(metrics, form.metric)} onChange={(next: Choice | null) => setForm((old) => ({ ...old, metric: next?.value ?? null }))} />
          <HelperMessage>{kit.say('graph-macro.metric.help')}</HelperMessage>
        </Stack>
        <Stack>
          <Label labelFor="period">{kit.say('graph-macro.period')}</Label>
          <Select id="period" placeholder={kit.say('select.choose')} options={[...periods]} value={chosen(periods, String(form.minutes))} onChange={(next: Choice | null) => next !== null && setForm((old) => ({ ...old, minutes: Number(next.value) }))} />
        </Stack>
      </Stack>
      <FormFooter>
        <ButtonGroup>
          <Button appearance="subtle" onClick={() => void view.close().catch(() => undefined)}>
            {kit.say('config.cancel')}
          </Button>
          <Button appearance="primary" type="submit" isDisabled={config === null}>
            {kit.say('config.save')}
          </Button>
        </ButtonGroup>
      </FormFooter>
    </Form>
  );
}

function GraphConfigScreen(): ReactElement {
  const kit = useKit();
  const context = useProductContext();
  if (!kit.ready || context === undefined) return <Spinner />;
  return <Settings kit={kit} stored={(context.extension as { readonly config?: unknown } | undefined)?.config} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <GraphConfigScreen />
  </I18nProvider>,
);
