import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect } from '../../local-site/web/rpc';

function pair(handle: (command: string, data: unknown) => unknown) {
  const { port1, port2 } = new MessageChannel();
  const caller = connect(port1, () => undefined);
  const answerer = connect(port2, handle);
  return { caller, end: () => [caller, answerer].forEach((peer) => peer.close()) };
}

test('values cross as JSON: undefined is dropped, a date arrives as text', async () => {
  const { caller, end } = pair((_command, data) => data);
  expect(await caller.call('echo', { a: 1, b: undefined, at: new Date(0) })).toEqual({ a: 1, at: '1970-01-01T00:00:00.000Z' });
  end();
});

test('a function in the data can be called from the other side, and one in the answer from this side', async () => {
  const heard: unknown[] = [];
  const { caller, end } = pair(async (_command, data) => {
    const { onEvent } = data as { onEvent(value: unknown): Promise<string> };
    heard.push(await onEvent({ n: 7 }));
    return { unsubscribe: () => 'gone' };
  });
  const subscription = (await caller.call('on', { onEvent: (value: { n: number }) => `got ${value.n}` })) as { unsubscribe(): Promise<string> };
  expect(heard).toEqual(['got 7']);
  expect(await subscription.unsubscribe()).toBe('gone');
  end();
});

test('what the other side throws rejects here with its name and message', async () => {
  const { caller, end } = pair((command) => {
    throw new TypeError(`not modelled: ${command}`);
  });
  await expect(caller.call('teleport')).rejects.toMatchObject({ name: 'TypeError', message: 'not modelled: teleport' });
  end();
});

test('calls that wait when the port is closed reject', async () => {
  const { caller, end } = pair(() => new Promise(() => undefined));
  const waiting = caller.call('never');
  end();
  await expect(waiting).rejects.toThrow('the frame was closed');
});

test('a function nobody holds any more is forgotten, one that is held still answers', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let held: (() => Promise<unknown>) | null = null;
  const { caller, end } = pair((command, data) => {
    if (command === 'hold') held = (data as { fn: () => Promise<unknown> }).fn;
  });
  const passing = (): WeakRef<() => string> => {
    const fn = (): string => 'forgotten';
    void caller.call('drop', { fn });
    return new WeakRef(fn);
  };
  const dropped = passing();
  await caller.call('hold', { fn: () => 'still here' });
  const gone = async (turns: number): Promise<boolean> => {
    // A weak reference keeps what it was asked for until the end of its turn, so the collection has a turn of its own.
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
    return dropped.deref() === undefined || (turns > 0 && gone(turns - 1));
  };
  expect(await gone(50)).toBe(true);
  expect(await held!()).toBe('still here');
  end();
});

test('an element in a prop crosses without the tree that made it', async () => {
  const { caller, end } = pair((_command, data) => data);
  const owner: Record<string, unknown> = {};
  owner['child'] = { type: 'Button', props: { children: 'Go' }, _owner: owner };
  expect(await caller.call('echo', owner['child'])).toEqual({ type: 'Button', props: { children: 'Go' } });
  end();
});
