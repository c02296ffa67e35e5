import { createContext, useContext, type ReactNode } from 'react';
import type { BuiltInTemplate, PageTemplateRef, TemplateId } from '../../../../src/contract';
import { useWords } from '../words';

/** In the order they are offered. */
export const TEMPLATES: readonly BuiltInTemplate[] = ['incident', 'short', 'security', 'drill', 'postmortem', 'whys', 'communications'];
const builtIn = (template: TemplateId): BuiltInTemplate | undefined => TEMPLATES.find((known) => known === template);

const Pages = createContext<readonly PageTemplateRef[]>([]);
/** Pages that are templates, for every choice below. */
export function PageTemplates(props: { readonly pages: readonly PageTemplateRef[]; readonly children: ReactNode }) {
  return <Pages.Provider value={props.pages}>{props.children}</Pages.Provider>;
}

export interface TemplateChoices {
  readonly options: readonly { readonly value: TemplateId; readonly label: string }[];
  name(template: TemplateId): string;
}
/** Built-in templates first, then pages by name. */
export function useTemplates(): TemplateChoices {
  const { t } = useWords();
  const pages = useContext(Pages);
  const name = (template: TemplateId): string => {
    const known = builtIn(template);
    return known !== undefined ? t(`home.template.${known}`) : t('home.template.page.named', { name: pages.find(({ id }) => id === template)?.name ?? '?' });
  };
  const ids: readonly TemplateId[] = [...TEMPLATES, ...[...pages].sort((a, b) => a.name.localeCompare(b.name)).map(({ id }) => id)];
  return { options: ids.map((value) => ({ value, label: name(value) })), name };
}
