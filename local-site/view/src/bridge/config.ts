/** What a macro's configuration may be: `view.submit({config})` of its screen. */
type Json = Readonly<Record<string, unknown>>;

/** A refusal with the platform's code. */
export class ConfigRefusal extends Error {
  constructor(
    readonly code: 'INVALID_PAYLOAD' | 'INVALID_CONFIG' | 'INVALID_EXTENSION_TYPE' | 'INVALID_BODY' | 'MACRO_NOT_FOUND',
    why: string,
  ) {
    super(`${code}: ${why}`);
    this.name = 'BridgeAPIError';
  }
}
export interface Submitted {
  readonly config: Json;
  readonly keepEditing: boolean;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws ConfigRefusal unless `payload` is `{config, keepEditing?}` with a config that a page can hold. */
export function parseSubmit(payload: unknown): Submitted {
  if (!isObject(payload) || !('config' in payload)) throw new ConfigRefusal('INVALID_PAYLOAD', 'submit takes {config}');
  if (payload['body'] !== undefined) throw new ConfigRefusal('INVALID_BODY', 'this macro has no body');
  const { config, keepEditing } = payload;
  if (!isObject(config)) throw new ConfigRefusal('INVALID_CONFIG', 'config must be an object');
  const problem = problemOf(config, 'config');
  if (problem !== null) throw new ConfigRefusal('INVALID_CONFIG', problem);
  return { config, keepEditing: keepEditing === true };
}

function problemOf(value: unknown, path: string): string | null {
  if (value === null) return `${path} is null`;
  if (Array.isArray(value)) return problemOfList(value, path);
  if (!isObject(value)) return null;
  return firstOf(Object.entries(value).map(([key, inner]) => () => problemOf(inner, `${path}.${key}`)));
}

function problemOfList(list: readonly unknown[], path: string): string | null {
  if (list.some(Array.isArray)) return `${path} holds an array in an array`;
  if (new Set(list.map((item) => typeof item)).size > 1) return `${path} holds values of different types`;
  return firstOf(list.map((item, index) => () => problemOf(item, `${path}[${index}]`)));
}

function firstOf(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const problem = check();
    if (problem !== null) return problem;
  }
  return null;
}
