/** The app's modules as the page view shows them. */
import type { AppModule } from '../runtime/manifest';
import type { SiteDeps } from '../site-deps';
import type { ViewportSize, WebMacro, WebMacroConfig, WebModule, WebStatus, WebSurface } from './api-types';
import { resourcePath } from './frames';
import { textOf } from './texts';

type Yaml = Readonly<Record<string, unknown>>;
const string = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const object = (value: unknown): Yaml => (typeof value === 'object' && value !== null ? (value as Yaml) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Address of a resource on the frames' origin; null when the manifest does not know it. */
function address(deps: SiteDeps, resource: string): string | null {
  const path = resourcePath(deps, resource);
  return path === null ? null : deps.urls.app + path;
}

function surface(deps: SiteDeps, raw: Yaml): WebSurface | null {
  const resource = string(raw['resource']);
  const src = resource === null ? null : address(deps, resource);
  return resource === null || src === null ? null : { resource, src, render: raw['render'] === 'native' ? 'native' : 'default' };
}

/** Modules that have a face, with their texts in the viewer's language. */
export function webModules(deps: SiteDeps, locale: string): WebModule[] {
  return [...deps.manifest.modules.values()].flatMap((module) => webModule(deps, locale, module));
}

function webModule(deps: SiteDeps, locale: string, { key, type, raw }: AppModule): WebModule[] {
  const shown = surface(deps, raw);
  if (shown === null) return [];
  const title = textOf(deps, locale, raw['title']) ?? key;
  const description = textOf(deps, locale, raw['description']);
  const container = raw['viewportContainer'];
  return [
    {
      ...shown,
      key,
      type,
      title,
      description,
      route: string(raw['route']),
      macro: type === 'macro' ? webMacro(deps, locale, title, raw) : null,
      viewportSize: viewportSize(raw['viewportSize']),
      viewportContainer: container === 'popup' || container === 'modal' ? container : null,
      label: textOf(deps, locale, raw['label']),
      status: webStatus(raw['status']),
      isTitledByPage: raw['contentPropertyKey'] !== undefined || raw['dynamicProperties'] !== undefined,
    },
  ];
}

function viewportSize(raw: unknown): string | ViewportSize | null {
  const { width, height } = object(raw);
  if (typeof width !== 'string') return string(raw);
  return typeof height === 'string' ? { width, height } : { width };
}

const APPEARANCES = ['default', 'inprogress', 'moved', 'new', 'removed', 'success'] as const;
/** `{type, value: {label, type}}` of the manifest or of an issue's property; null for anything else, icons included. */
export function webStatus(raw: unknown): WebStatus | null {
  const { type, value } = object(raw);
  const { label, type: look } = object(value);
  const text = typeof label === 'number' ? String(label) : string(label);
  if ((type !== 'badge' && type !== 'lozenge') || text === null) return null;
  return { type, label: text, appearance: APPEARANCES.find((known) => known === look) ?? 'default' };
}

function webMacro(deps: SiteDeps, locale: string, title: string, raw: Yaml): WebMacro {
  return {
    layout: string(raw['layout']) ?? 'block',
    isHidden: raw['hidden'] === true,
    autoConvert: list(object(raw['autoConvert'])['matchers']).flatMap((matcher) => string(object(matcher)['pattern']) ?? []),
    config: webConfig(deps, locale, title, raw['config']),
  };
}

/** A configuration with a resource is a screen of its own; without one it is the editor's older panel. */
function webConfig(deps: SiteDeps, locale: string, macroTitle: string, config: unknown): WebMacroConfig | 'panel' | null {
  if (config === undefined || config === false) return null;
  const raw = object(config);
  const shown = surface(deps, raw);
  if (shown === null) return 'panel';
  const size = viewportSize(raw['viewportSize']) ?? 'medium';
  return {
    ...shown,
    title: textOf(deps, locale, raw['title']) ?? macroTitle,
    viewportSize: typeof size === 'string' ? size : size.height === undefined ? 'medium' : { width: size.width, height: size.height },
    openOnInsert: raw['openOnInsert'] !== false,
  };
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
