/** Builds what the platform tells a function about where it was called from. */
import type { Installation, ModulePlace } from '../site-deps';
import type { ProductsForWeb } from '../products/for-web';
import type { Products, SiteUser } from '../types';
import type { AppModule } from './manifest';

async function contentOf(products: Products, contentId: string): Promise<{ spaceId: string | null; title: string | null }> {
  const answer = await products.call({
    product: 'confluence', as: { type: 'app' }, via: 'browser', method: 'GET',
    path: `/wiki/api/v2/pages/${encodeURIComponent(contentId)}`, headers: { accept: 'application/json' }, body: null,
  });
  if (answer.status !== 200) return { spaceId: null, title: null };
  const { spaceId, title } = JSON.parse(answer.body) as { spaceId?: string; title?: string };
  return { spaceId: spaceId ?? null, title: title ?? null };
}

/** What Jira tells of the issue a person looks at; of one they may not see, what its address says. */
function placeOfIssue(key: string, products: ProductsForWeb, user: SiteUser | null): { readonly issue: object; readonly project: object } {
  const issue = products.issueForView(user?.accountId ?? null, key);
  if (issue === null) return { issue: { key }, project: { key: key.split('-')[0] } };
  const { id, type, project } = issue;
  return { issue: { id, key: issue.key, type: type.name, typeId: type.id }, project: { id: project.id, key: project.key, type: 'software' } };
}

/** `context.extension` of a module at a place. Ids are taken as given: they are hints, never proof. */
export async function buildExtension(module: AppModule, place: ModulePlace, products: ProductsForWeb, user: SiteUser | null): Promise<Readonly<Record<string, unknown>>> {
  const extension: Record<string, unknown> = { type: module.type };
  const spaces = products.spaces();
  let space = spaces.find(({ key }) => key === place.spaceKey) ?? null;
  if (place.contentId !== undefined) {
    extension['content'] = { id: place.contentId, type: 'page', subtype: null };
    if (space === null) {
      const { spaceId } = await contentOf(products, place.contentId);
      space = spaces.find(({ id }) => id === spaceId) ?? null;
    }
  }
  if (space !== null) extension['space'] = { id: space.id, key: space.key };
  if (place.issueKey !== undefined) {
    Object.assign(extension, placeOfIssue(place.issueKey, products, user));
    if (module.type === 'jira:issuePanel') extension['isNewToIssue'] = false;
  }
  if (module.type === 'macro') {
    extension['isEditing'] = false;
    extension['references'] = [];
    extension['macro'] = { isConfiguring: false, isInserting: false };
    // A macro nobody has configured has none.
    if (place.config !== undefined) extension['config'] = place.config;
  }
  return { ...extension, ...place.extra };
}

/** The `context` of a resolver request. */
export function resolverContext(module: AppModule, installation: Installation, place: ModulePlace, extension: Readonly<Record<string, unknown>>, user: SiteUser | null): Record<string, unknown> {
  return {
    ...(user === null ? {} : { accountId: user.accountId, accountType: 'licensed' }),
    cloudId: installation.cloudId,
    localId: place.localId ?? `ari:cloud:ecosystem::extension/${installation.appId}/${installation.environmentId}/static/${module.key}`,
    moduleKey: module.key,
    environmentId: installation.environmentId,
    environmentType: installation.environmentType,
    extension,
    ...(user === null ? {} : { locale: user.locale, timezone: user.timezone }),
  };
}
