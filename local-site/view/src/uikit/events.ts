/** What an app's handlers are called with: plain copies, since nothing else crosses the bridge. */

/** An event as `@forge/react` expects it. Its `useForm` decides by `target.type` where the value lies. */
interface PlainEvent {
  readonly type: string;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly defaultPrevented: boolean;
  readonly eventPhase: number;
  readonly isTrusted: boolean;
  readonly timeStamp: number;
  readonly target: Readonly<Record<string, unknown>>;
}
const TARGET = ['id', 'name', 'type', 'value', 'checked', 'tagName', 'selectionStart', 'selectionEnd'] as const;
type EventLike = Omit<PlainEvent, 'target'> & { readonly target: Readonly<Record<string, unknown>> };

function isEvent(value: unknown): value is EventLike {
  return typeof value === 'object' && value !== null && 'target' in value && 'timeStamp' in value && 'type' in value;
}

function plainEvent({ type, bubbles, cancelable, defaultPrevented, eventPhase, isTrusted, timeStamp, target }: EventLike): PlainEvent {
  const copied = Object.fromEntries(TARGET.flatMap((name) => (target[name] === undefined || target[name] === null ? [] : [[name, target[name]]])));
  return { type, bubbles, cancelable, defaultPrevented, eventPhase, isTrusted, timeStamp, target: copied };
}

/** Events become plain, JSON stays, instances of classes (analytics, elements) are left out. */
function plain(value: unknown): unknown {
  if (isEvent(value)) return plainEvent(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.getPrototypeOf(value) === Object.prototype ? value : undefined;
}

type Handler = (...args: unknown[]) => unknown;

/** Wraps a handler of the app. Resolves when it has run; what it throws goes to `fail`. */
export function handler(call: Handler, fail: (message: string) => void): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    await Promise.resolve(call(...args.map(plain))).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
  };
}
