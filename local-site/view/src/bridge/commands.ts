/** What the host does for each command of `@forge/bridge`. */
import { colorMode } from '../color-mode';
import { api } from '../session';
import { openDialog, type ModalRequest } from './dialogs';
import { emit, listen } from './events';
import { closeFlag, showFlag, type FlagOptions } from './flags';
import { appHistory } from './history';
import { navigate, urlOf, type NavigationLocation } from './navigation';
import { subscribe, type ChannelRequest } from './realtime';
import type { FrameScope } from './scope';
import { notModelled } from './unmodelled';

type Data = Readonly<Record<string, unknown>>;
type Command = (data: Data, frame: FrameScope) => unknown;
type InvokeAnswer = { ok: true; result?: unknown } | { ok: false; error: { name: string; message: string } };

/** A subscription the app can end, and that ends with its frame. */
function until(stop: () => void, frame: FrameScope): { unsubscribe(): void } {
  frame.cleanup.add(stop);
  return {
    unsubscribe: () => {
      frame.cleanup.delete(stop);
      stop();
    },
  };
}
const name = (data: Data, space: 'app' | 'public'): string => `${space} ${String(data['event'])}`;
const callback = (data: Data, key: string): ((payload: unknown) => unknown) => data[key] as (payload: unknown) => unknown;

const commands: Readonly<Record<string, Command>> = {
  'frame:height': (data, frame) => frame.setHeight(Number(data['height'])),
  'frame:escape': (_data, frame) => frame.dialog?.escape?.(),
  'frame:error': (data, frame) => frame.uiKit?.fail(String(data['message'])),
  reconcile: (data, frame) => (frame.uiKit ? frame.uiKit.draw(data['forgeDoc']) : notModelled('reconcile in a Custom UI page')),

  getContext: (_data, { module, place }) => api('/__bridge/context', 'POST', { moduleKey: module.key, place, colorMode: colorMode.get() }),
  invoke: async (data, { module, place }) => {
    if (data['invokeType'] !== undefined) return notModelled(`invoke ${String(data['invokeType'])}`);
    if (data['metadata'] !== undefined) return notModelled('invoke with metadata');
    const call = { moduleKey: module.key, functionKey: data['functionKey'], payload: data['payload'], context: place };
    const answer = await api<InvokeAnswer>('/__bridge/invoke', 'POST', call);
    // The platform hands an absent result over as an empty object.
    if (answer.ok) return answer.result ?? {};
    throw Object.assign(new Error(answer.error.message), { name: answer.error.name });
  },
  fetchProduct: (data) => api('/__bridge/fetchProduct', 'POST', data),

  on: (data, frame) => until(listen(name(data, 'app'), callback(data, 'callback')), frame),
  onPublic: (data, frame) => until(listen(name(data, 'public'), callback(data, 'callback')), frame),
  emit: (data) => emit(name(data, 'app'), data['payload']),
  emitPublic: (data) => emit(name(data, 'public'), data['payload']),
  subscribeRealtimeChannel: async (data, frame) => until(await subscribe(data as unknown as ChannelRequest, frame), frame),

  showFlag: (data) => showFlag(data as unknown as FlagOptions),
  closeFlag: (data) => closeFlag(String(data['id'])),
  openModal: (data, frame) => openDialog(data as unknown as ModalRequest, frame),
  close: (data, frame) => {
    frame.dialog?.close(data);
    return frame.dialog !== null;
  },
  onClose: (data, frame) => {
    frame.dialog?.onClosing(data as unknown as () => unknown);
    return frame.dialog !== null;
  },
  submit: (data, frame) => {
    frame.dialog?.submit?.(data);
    return frame.dialog?.submit !== undefined;
  },
  // Only views that the product loads or opens itself can be refreshed or opened; none of ours is.
  refresh: () => false,
  open: () => false,

  navigate: (data, frame) => navigate(data as NavigationLocation, frame),
  getUrl: (data, frame) => urlOf(data as NavigationLocation, frame),
  reload: () => window.location.reload(),
  createHistory: (_data, frame) => {
    if (frame.basePath === null) throw new Error("this resource's view has no history: it is not a full page");
    return appHistory(frame.basePath, frame.cleanup);
  },
  changeWindowTitle: (data) => {
    document.title = String(data);
  },
  enableTheming: async (data, frame) => {
    const tell = (): unknown => callback(data, 'onTheme')({ colorMode: colorMode.get() });
    frame.cleanup.add(colorMode.subscribe(() => void tell()));
    await tell();
    frame.setThemed();
  },
  emitReadyEvent: () => undefined,
};

/** Runs one command; an unknown one is refused and listed. */
export function runCommand(command: string, data: unknown, frame: FrameScope): unknown {
  const known = Object.hasOwn(commands, command) ? commands[command] : undefined;
  return known ? known((data ?? {}) as Data, frame) : notModelled(command);
}
