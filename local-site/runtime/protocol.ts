/** Messages between the site and its function process. JSON over the fork's channel. */

/** What `__forge_runtime__` shows during one invocation, less the functions the child adds. */
export interface RuntimeContext {
  readonly contextAri: string;
  readonly aaid?: string;
  readonly appContext: Readonly<Record<string, unknown>>;
  readonly appCodeDir: string;
}
export type ToChild =
  | {
      readonly t: 'call';
      readonly id: number;
      /** Export of the bundle, e.g. `resolver`. */
      readonly handler: string;
      readonly payload: unknown;
      /** The handler's second argument. */
      readonly context: unknown;
      readonly runtime: RuntimeContext;
      /** ms this invocation may take. */
      readonly limitMs: number;
    }
  | { readonly t: 'answer'; readonly ask: number; readonly answer: AskAnswer }
  | { readonly t: 'clock'; readonly offsetMs: number }
  | { readonly t: 'ping' };

/** `base64`: in place of a body that is no text. */
export type Ask =
  | { readonly kind: 'forge'; readonly meta: ForgeMeta; readonly path: string; readonly method: string; readonly headers: Record<string, string>; readonly body: string | null; readonly base64?: string }
  | { readonly kind: 'egress'; readonly url: string; readonly method: string; readonly headers: Record<string, string>; readonly body: string | null };
export interface ForgeMeta {
  readonly type: string;
  readonly provider?: string;
  readonly remote?: string;
  readonly accountId?: string;
  readonly contextAri?: string;
}
export type AskAnswer =
  | { readonly status: number; readonly headers: Record<string, string>; readonly body: string; readonly base64?: string }
  | { readonly error: { readonly name: string; readonly message: string; readonly status?: number } };

export type FromChild =
  | { readonly t: 'ready' }
  | { readonly t: 'broken'; readonly message: string }
  | { readonly t: 'pong' }
  | { readonly t: 'ask'; readonly ask: number; readonly call: number; readonly request: Ask }
  /** `result` is JSON text; undefined when the handler returned nothing. */
  | { readonly t: 'done'; readonly id: number; readonly result: string | undefined }
  | { readonly t: 'failed'; readonly id: number; readonly name: string; readonly message: string; readonly stack: string };
