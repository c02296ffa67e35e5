/**
 * Calls over a MessagePort, the same on both ends. Values travel as JSON; functions nested in them become proxies that
 * call back over the same port. Runs in the page and in the app's frame.
 */
export interface Peer {
  call(command: string, data?: unknown): Promise<unknown>;
  close(): void;
}
type AnyFunction = (...args: unknown[]) => unknown;
type Message =
  | { readonly kind: 'call'; readonly id: number; readonly command: string; readonly args: string }
  | { readonly kind: 'function'; readonly id: number; readonly fn: number; readonly args: string }
  | { readonly kind: 'release'; readonly fn: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: string }
  | { readonly kind: 'refusal'; readonly id: number; readonly name: string; readonly message: string };

export class BridgeError extends Error {
  constructor(message: string, name = 'BridgeError') {
    super(message);
    this.name = name;
  }
}

/** Answers the other side's commands with `handle`; what it throws becomes a rejection there. */
export function connect(port: MessagePort, handle: (command: string, data: unknown) => unknown): Peer {
  const mine = new Map<number, AnyFunction>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let next = 1;

  const send = (message: Message): void => port.postMessage(message);
  const pack = (value: unknown): string =>
    JSON.stringify([value], (key, inner: unknown) => {
      // A React element that travels as a prop points back at the tree that made it.
      if (key === '_owner') return undefined;
      if (typeof inner !== 'function') return inner;
      const id = next++;
      mine.set(id, inner as AnyFunction);
      return { __fn: id };
    });
  const unpack = (text: string): unknown =>
    (
      JSON.parse(text, (_key, inner: unknown) => {
        const id = isRecord(inner) ? inner['__fn'] : undefined;
        return typeof id === 'number' ? proxy(id) : inner;
      }) as unknown[]
    )[0];
  // A screen that is drawn again with every key sends its functions anew each time: the other side may forget the old ones.
  const unused = new FinalizationRegistry<number>((fn) => send({ kind: 'release', fn }));
  const proxy = (fn: number): AnyFunction => {
    const call: AnyFunction = (...args) => ask((id) => ({ kind: 'function', id, fn, args: pack(args) }));
    unused.register(call, fn);
    return call;
  };

  const ask = (message: (id: number) => Message): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      send(message(id));
    });
  const answer = async (id: number, work: () => unknown): Promise<void> => {
    try {
      send({ kind: 'answer', id, value: pack(await work()) });
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      send({ kind: 'refusal', id, name: known.name, message: known.message });
    }
  };

  port.onmessage = (event: MessageEvent<Message>) => {
    const message = event.data;
    if (message.kind === 'call') return void answer(message.id, () => handle(message.command, unpack(message.args)));
    if (message.kind === 'function') {
      return void answer(message.id, () => {
        const fn = mine.get(message.fn);
        if (!fn) throw new BridgeError('this function is gone');
        return fn(...(unpack(message.args) as unknown[]));
      });
    }
    if (message.kind === 'release') return void mine.delete(message.fn);
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') caller?.resolve(unpack(message.value));
    else caller?.reject(new BridgeError(message.message, message.name));
  };

  return {
    call: (command, data) => ask((id) => ({ kind: 'call', id, command, args: pack(data) })),
    close: () => {
      port.close();
      for (const caller of waiting.values()) caller.reject(new BridgeError('the frame was closed'));
      waiting.clear();
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
