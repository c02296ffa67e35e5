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
/** Answers of the product by the beginning of their path: the JSON body, or a function of the whole path. */
export const product: Record<string, unknown> = {};
/** What a product's answer is when it is no success. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body: unknown = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}
/** Every question to a product so far, with its body as JSON. */
export const productCalls: { readonly path: string; readonly body: unknown }[] = [];
/** Dialogs that were opened; `answer` is what the next one closes with, `fails`: the host cannot open any. */
export const dialogs: { readonly opened: { readonly name: string; readonly title: string; readonly given: Record<string, unknown> }[]; answer: unknown; fails: boolean } = { opened: [], answer: {}, fails: false };
/** What a dialog's own frame ended with. */
export const closed: unknown[] = [];
/** What the frame is like: as wide as a phone, or wider. jsdom has no layout to ask. */
export const viewport = { narrow: false };
/** What was put on the clipboard; `fails`: the browser does not let the app. */
export const clipboard: { text: string | null; fails: boolean } = { text: null, fails: false };
const names: Record<string, string> = { 'acc-alice': 'Alice', 'acc-bob': 'Bob' };

const commands: Record<string, (data: never) => unknown> = {
  invoke: async ({ functionKey, payload }: { functionKey: string; payload: Record<string, unknown> }) => {
    invoked.push({ verb: functionKey, payload });
    const answer = answers[functionKey];
    if (answer === undefined) throw new Error(`no answer for ${functionKey}`);
    return JSON.parse(JSON.stringify(await answer(payload as never))) as unknown;
  },
  fetchProduct: ({ restPath, fetchRequestInit }: { restPath: string; fetchRequestInit: { body?: string } }) => {
    const reply = (found: unknown): object => {
      const { status, body, headers } = found instanceof Reply ? found : new Reply(200, found);
      return { body: JSON.stringify(body), headers, status, statusText: '', isAttachment: false };
    };
    productCalls.push({ path: restPath, body: fetchRequestInit.body === undefined ? null : (JSON.parse(fetchRequestInit.body) as unknown) });
    if (restPath.endsWith('/users-bulk')) {
      const { accountIds } = JSON.parse(fetchRequestInit.body ?? '') as { accountIds: string[] };
      return reply({ results: accountIds.map((accountId) => ({ accountId, displayName: names[accountId] })) });
    }
    const known = Object.keys(product).find((path) => restPath.startsWith(path));
    if (known === undefined) throw new Error(`no answer for ${restPath}`);
    const answer = product[known];
    return typeof answer === 'function' ? Promise.resolve((answer as (path: string, body: unknown) => unknown)(restPath, productCalls.at(-1)?.body)).then(reply) : reply(answer);
  },
  openModal: ({ title, context, onClose }: { title: string; context: { name: string; given: Record<string, unknown> }; onClose: (answer: unknown) => void }) => {
    if (dialogs.fails) return false;
    dialogs.opened.push({ name: context.name, title, given: context.given });
    const { answer } = dialogs;
    setTimeout(() => onClose(answer), 0);
    return true;
  },
  close: (data: unknown) => {
    closed.push(data);
    return true;
  },
  subscribeRealtimeChannel: ({ onEvent }: { onEvent: (message: unknown) => void }) => {
    if (live.fails) throw new Error('no channel');
    live.hear = onEvent;
    return { unsubscribe: async () => undefined };
  },
  getUrl: ({ path }: { path?: string }) => `https://site.example.com/wiki/apps/incidents/${path ?? ''}`,
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

Object.assign(globalThis, {
  matchMedia: (query: string) => ({ matches: query.includes('max-width') && viewport.narrow, addEventListener: () => undefined, removeEventListener: () => undefined }),
});
Object.assign(navigator, {
  clipboard: {
    writeText: async (text: string) => {
      if (clipboard.fails) throw new Error('not allowed');
      clipboard.text = text;
    },
  },
});

export function resetBridge(): void {
  for (const verb of Object.keys(answers)) delete answers[verb];
  // Every board asks by itself what it is like: nothing, unless a test says so.
  answers['board.similar'] = () => said({ incidents: [], more: 0, now: 0 });
  invoked.length = 0;
  navigated.length = 0;
  live.hear = null;
  live.fails = false;
  for (const path of Object.keys(product)) delete product[path];
  productCalls.length = 0;
  dialogs.opened.length = 0;
  dialogs.answer = {};
  dialogs.fails = false;
  closed.length = 0;
  viewport.narrow = false;
  clipboard.text = null;
  clipboard.fails = false;
  localStorage.clear();
}
/** Payloads of every call of `verb` so far. */
export const sent = (verb: string): readonly Record<string, unknown>[] => invoked.filter((call) => call.verb === verb).map(({ payload }) => payload);
export const said = (value: unknown): unknown => ({ ok: true, value });
export const refused = (code: string, field: string | null = null, more: { readonly messageKey?: string; readonly params?: Record<string, string | number> } = {}): unknown => ({
  ok: false,
  error: { code, messageKey: `error.${code}`, params: {}, field, retryAfterMs: null, ...more },
});
