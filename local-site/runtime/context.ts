/** Builds what the platform tells a function about where it was called from. */
import type { Installation, ModulePlace } from '../site-deps';
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

/** `context.extension` of a module at a place. Ids are taken as given: they are hints, never proof. */
export async function buildExtension(module: AppModule, place: ModulePlace, products: Products): Promise<Readonly<Record<string, unknown>>> {
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
    extension['issue'] = { key: place.issueKey };
    extension['project'] = { key: place.issueKey.split('-')[0] };
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
