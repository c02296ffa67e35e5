/** Events between the app's frames on one page. `public` ones are a namespace of their own. */
import { colorMode, theme } from '../color-mode';

type Listener = (payload: unknown) => unknown;
const listeners = new Map<string, Set<Listener>>();

export function listen(name: string, listener: Listener): () => void {
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all.add(listener));
  return () => all.delete(listener);
}
export function emit(name: string, payload: unknown): void {
  // A listener whose frame has gone is nobody's failure.
  for (const listener of listeners.get(name) ?? []) void Promise.resolve(listener(payload)).catch(() => undefined);
}
colorMode.subscribe(() => emit('app FORGE_CORE_THEME_CHANGED', { theme: theme(colorMode.get()) }));
