/** Page templates as the page view shows and changes them. */
import type { TemplateForWeb, WebOutcome } from '../products/for-web';
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import type { TemplateInput, TemplateLink, TemplateView } from './api-types';
import { Refused } from './confluence';

type Viewer = SiteUser | null;
const idOf = (user: Viewer): string | null => user?.accountId ?? null;
const link = ({ id, name, description, spaceKey, canManage }: TemplateForWeb): TemplateLink => ({ id, name, description, spaceKey, canManage });
const stored = ({ name, description, body }: TemplateInput) => ({ name, description, adf: body });

/** Throws Refused for what the product refused. */
function done<T>(outcome: WebOutcome<T>): T {
  if (!outcome.ok) throw new Refused(outcome.status, outcome.message);
  return outcome.value;
}

export const list = (deps: SiteDeps, user: Viewer): TemplateLink[] => deps.products.templatesFor(idOf(user)).map(link);

export function view(deps: SiteDeps, user: Viewer, id: string): TemplateView {
  const found = deps.products.templatesFor(idOf(user)).find((template) => template.id === id);
  if (!found) throw new Refused(404, `no template ${id}`);
  return { ...link(found), body: found.adf };
}

/** A template of `spaceKey`. */
export const create = (deps: SiteDeps, user: Viewer, spaceKey: string, input: TemplateInput): { readonly id: string } => done(deps.products.createTemplate(idOf(user), spaceKey, stored(input)));
export const change = (deps: SiteDeps, user: Viewer, id: string, input: TemplateInput): null => done(deps.products.changeTemplate(idOf(user), id, stored(input)));
export const remove = (deps: SiteDeps, user: Viewer, id: string): null => done(deps.products.deleteTemplate(idOf(user), id));
