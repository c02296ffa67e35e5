/** The page at hand as a template: looked at on sample data first, in this version from then on. For administrators. */
import { useEffect, useState, type ReactElement } from 'react';
import { view } from '@forge/bridge';
import ForgeReconciler, { Button, ButtonGroup, Heading, I18nProvider, LoadingButton, SectionMessage, Spinner, Stack, Text, useProductContext } from '@forge/react';
import type { PageTemplateLook, PreviewLine } from '../contract';
import { ask, useKit, type Answer, type Kit } from './kit';

const SHOWN = 60;

function Line({ line: { is, text } }: { readonly line: PreviewLine }): ReactElement {
  if (is === 'title' || is === 'part') return <Heading size={is === 'title' ? 'small' : 'xsmall'}>{text}</Heading>;
  return <Text>{is === 'task' ? `☐ ${text}` : text}</Text>;
}

function Look({ kit, look, known }: { readonly kit: Kit; readonly look: PageTemplateLook; readonly known: number | null }): ReactElement {
  const { pageId, title, version, unknown, leftOut, lines } = look;
  const [inUse, setInUse] = useState(known);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Extract<Answer<unknown>, { ok: false }>['error'] | null>(null);
  const adopt = async (): Promise<void> => {
    setBusy(true);
    setRefusal(null);
    const answer = await ask('template.adopt', { pageId, version });
    setBusy(false);
    if (answer.ok) setInUse(version);
    else setRefusal(answer.error);
  };
  const close = (): void => void view.close().catch(() => undefined);
  const names = (list: readonly string[]): string => list.join(', ');
  return (
    <Stack space="space.150">
      {inUse === version ? (
        <SectionMessage appearance="success">
          <Text>{kit.say('settings.pages.adopted', { name: title, version })}</Text>
        </SectionMessage>
      ) : (
        <Text>{inUse === null ? kit.say('template-action.text') : kit.say('settings.pages.newer', { version: inUse, newest: version })}</Text>
      )}
      {unknown.length === 0 ? null : (
        <SectionMessage appearance="warning">
          <Text>{kit.say('settings.pages.unknown', { names: names(unknown) })}</Text>
        </SectionMessage>
      )}
      {leftOut.length === 0 ? null : (
        <SectionMessage appearance="information">
          <Text>{kit.say('settings.pages.left-out', { names: names(leftOut) })}</Text>
        </SectionMessage>
      )}
      {refusal === null ? null : (
        <SectionMessage appearance="error">
          <Text>{kit.reason(refusal)}</Text>
        </SectionMessage>
      )}
      <Heading size="small">{kit.say('settings.pages.preview', { name: title, version })}</Heading>
      {lines.slice(0, SHOWN).map((line, index) => (
        <Line key={index} line={line} />
      ))}
      {lines.length > SHOWN ? <Text>{kit.say('template-action.more', { n: lines.length - SHOWN })}</Text> : null}
      <ButtonGroup>
        {inUse === version ? null : (
          <LoadingButton appearance="primary" isLoading={busy} onClick={() => void adopt()}>
            {kit.say('settings.pages.adopt', { version })}
          </LoadingButton>
        )}
        <Button appearance="subtle" onClick={close}>
          {kit.say(inUse === version ? 'common.done' : 'common.cancel')}
        </Button>
      </ButtonGroup>
    </Stack>
  );
}

function TemplateAction(): ReactElement {
  const kit = useKit();
  const context = useProductContext();
  const { content } = (context?.extension ?? {}) as { readonly content?: { readonly id?: unknown } };
  const pageId = content?.id === undefined ? null : String(content.id);
  const lang = (context?.locale ?? 'en').startsWith('ja') ? 'ja' : 'en';
  const [there, setThere] = useState<{ readonly look: Answer<PageTemplateLook>; readonly known: number | null } | null>(null);
  useEffect(() => {
    if (pageId === null) return;
    void Promise.all([ask('template.look', { pageId, lang }), ask('templates.pages', {})]).then(([look, all]) =>
      setThere({ look, known: (all.ok ? all.value.pages.find((one) => one.pageId === pageId)?.version : null) ?? null }),
    );
  }, [pageId, lang]);
  if (!kit.ready || there === null) return <Spinner />;
  if (!there.look.ok) return <Text>{kit.reason(there.look.error)}</Text>;
  if (kit.isPaused) return <Text>{kit.say('error.license-inactive')}</Text>;
  return <Look kit={kit} look={there.look.value} known={there.known} />;
}

ForgeReconciler.render(
  <I18nProvider>
    <TemplateAction />
  </I18nProvider>,
);
