/**
 * The host's side of the bridge, as the real `@forge/bridge` meets it. Import this before anything that imports the bridge:
 * it looks for its host at import time. A command or verb nobody answers is refused with its name.
 */
import './fetch-classes';

type Answer = (payload: never) => unknown;

export const answers: Record<string, Answer> = {};
export const invoked: { readonly verb: string; readonly payload: Record<string, unknown> }[] = [];
export const navigated: unknown[] = [];
export const live: { hear: ((message: unknown) => void) | null; fails: boolean } = { hear: null, fails: false };
const names: Record<string, string> = { 'acc-alice': 'Alice', 'acc-bob': 'Bob' };

const commands: Record<string, (data: never) => unknown> = {
  invoke: async ({ functionKey, payload }: { functionKey: string; payload: Record<string, unknown> }) => {
    invoked.push({ verb: functionKey, payload });
    const answer = answers[functionKey];
    if (answer === undefined) throw new Error(`no answer for ${functionKey}`);
    return JSON.parse(JSON.stringify(await answer(payload as never))) as unknown;
  },
  fetchProduct: ({ fetchRequestInit }: { fetchRequestInit: { body: string } }) => {
    const { accountIds } = JSON.parse(fetchRequestInit.body) as { accountIds: string[] };
    const results = accountIds.map((accountId) => ({ accountId, displayName: names[accountId] }));
    return { body: JSON.stringify({ results }), headers: {}, status: 200, statusText: 'OK', isAttachment: false };
  },
  subscribeRealtimeChannel: ({ onEvent }: { onEvent: (message: unknown) => void }) => {
    if (live.fails) throw new Error('no channel');
    live.hear = onEvent;
    return { unsubscribe: async () => undefined };
  },
  navigate: (data: unknown) => void navigated.push(data),
  open: (data: unknown) => void navigated.push(data),
};

Object.assign(globalThis, {
  __bridge: {
    callBridge: async (command: string, data: unknown) => {
      const run = commands[command];
      if (run === undefined) throw new Error(`unmodelled bridge command ${command}`);
      return run(data as never);
    },
  },
});

export function resetBridge(): void {
  for (const verb of Object.keys(answers)) delete answers[verb];
  invoked.length = 0;
  navigated.length = 0;
  live.hear = null;
  live.fails = false;
}
export const said = (value: unknown): unknown => ({ ok: true, value });
export const refused = (code: string, field: string | null = null): unknown => ({ ok: false, error: { code, messageKey: `error.${code}`, params: {}, field, retryAfterMs: null } });
