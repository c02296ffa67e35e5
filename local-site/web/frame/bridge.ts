/**
 * Runs first in every page of the app, as a classic script: offers `__bridge` to the real `@forge/bridge`, which looks for it
 * while it is imported. The host takes one end of a MessageChannel; only the window that embeds us, on the site's origin, gets it.
 */
import { connect } from '../rpc';

interface ThemeState {
  readonly colorMode: 'light' | 'dark';
}
const script = document.currentScript as HTMLScriptElement;
const site = script.dataset['site'] ?? '';
const themeUrl = script.dataset['theme'] ?? '';
const isUiKit = script.dataset['surface'] === 'uikit';

const channel = new MessageChannel();
window.parent.postMessage({ kind: 'bridge:hello' }, site, [channel.port2]);
const host = connect(channel.port1, (command) => {
  throw new Error(`the frame does not answer ${command}`);
});

const html = document.documentElement;
function applyTheme(theme: ThemeState): void {
  html.dataset['colorMode'] = theme.colorMode;
  html.dataset['theme'] = 'light:light dark:dark spacing:spacing typography:typography shape:shape';
  html.style.colorScheme = theme.colorMode;
}
/** As the platform's own script: the tokens' style sheets come with the bridge, the app only asks for them. */
function enableTheming(): Promise<void> {
  const styles = document.createElement('link');
  styles.rel = 'stylesheet';
  styles.href = themeUrl;
  const loaded = new Promise<void>((resolve, reject) => {
    styles.onload = () => resolve();
    styles.onerror = () => reject(new Error('the theme could not be loaded'));
  });
  document.head.prepend(styles);
  return Promise.all([loaded, host.call('enableTheming', { onTheme: applyTheme })]).then(() => undefined);
}

interface ModalOptions {
  readonly onClose: (payload: unknown) => unknown;
}
/** While a dialog is open this frame is inert and forgets what had the focus; it gets it back before the app hears of the end. */
function openModal(options: ModalOptions): Promise<unknown> {
  const opener = document.activeElement;
  const onClose = (payload: unknown): unknown => {
    window.focus();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    return options.onClose(payload);
  };
  return host.call('openModal', { ...options, onClose });
}

let theming: Promise<void> | null = null;
const callBridge = (command: string, data?: unknown): Promise<unknown> => {
  if (command === 'enableTheming') return (theming ??= enableTheming());
  if (command === 'openModal') return openModal(data as ModalOptions);
  // An Error has no properties of its own that JSON would carry.
  if (command === 'onError') return host.call('frame:error', { message: String((data as { error?: unknown }).error) });
  return host.call(command, data);
};
Object.defineProperty(window, '__bridge', { value: { callBridge }, writable: false });

/** Keys pressed in a frame stay in it; the host of a dialog hears of an Escape that the app leaves alone. */
window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) void host.call('frame:escape');
});

/** The frame is as high as the app's body; the host sets it. */
function watchHeight(): void {
  const body = document.body;
  let told = -1;
  const tell = (): void => {
    const style = getComputedStyle(body);
    const height = Math.ceil(body.offsetHeight + parseFloat(style.marginTop) + parseFloat(style.marginBottom));
    if (height === told) return;
    told = height;
    void host.call('frame:height', { height });
  };
  new ResizeObserver(tell).observe(body);
  tell();
}

/** A UI Kit surface has nothing of its own on the screen: what stops it is told to the host, which shows it. */
function tellErrors(event: ErrorEvent): void {
  const file = event.target instanceof HTMLScriptElement ? event.target.src : null;
  void host.call('frame:error', { message: file === null ? event.message : `${new URL(file).pathname.split('/').at(-1) ?? file} could not be loaded` });
}

if (isUiKit) window.addEventListener('error', tellErrors, true);
else document.addEventListener('DOMContentLoaded', watchHeight);
