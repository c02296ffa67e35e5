/** The app's modules as the page view shows them. */
import type { AppModule } from '../runtime/manifest';
import type { SiteDeps } from '../site-deps';
import type { WebModule } from './api-types';
import { resourcePath } from './frames';
import { textOf } from './texts';

const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Address of a resource on the frames' origin; null when the manifest does not know it. */
function address(deps: SiteDeps, resource: string): string | null {
  const path = resourcePath(deps, resource);
  return path === null ? null : deps.urls.app + path;
}

/** Modules that have a face, with their texts in the viewer's language. */
export function webModules(deps: SiteDeps, locale: string): WebModule[] {
  return [...deps.manifest.modules.values()].flatMap((module) => webModule(deps, locale, module));
}

function webModule(deps: SiteDeps, locale: string, { key, type, raw }: AppModule): WebModule[] {
  const resource = string(raw['resource']);
  const src = resource === null ? null : address(deps, resource);
  if (resource === null || src === null) return [];
  const title = textOf(deps, locale, raw['title']) ?? key;
  return [{ key, type, title, resource, src, render: raw['render'] === 'native' ? 'native' : 'default', route: string(raw['route']) }];
}

/** Every resource a dialog may open: `key` or `key/entry` → address. */
export function allResources(deps: SiteDeps): Record<string, string> {
  const names = deps.manifest.resources.flatMap((resource) => [resource.key, ...Object.keys(resource.entry).map((entry) => `${resource.key}/${entry}`)]);
  return Object.fromEntries(
    names.flatMap((name) => {
      const src = address(deps, name);
      return src === null ? [] : [[name, src]];
    }),
  );
}
