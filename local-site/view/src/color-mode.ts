/** Light or dark, remembered in this browser; the app's frames follow. */
import { setGlobalTheme } from '@atlaskit/tokens';
import { createStore } from './store';

export type ColorMode = 'light' | 'dark';
const KEY = 'color-mode';

function remembered(): ColorMode {
  return localStorage.getItem(KEY) === 'dark' ? 'dark' : 'light';
}
export const colorMode = createStore<ColorMode>(remembered());

/** As an app's context names it. */
export const theme = (mode: ColorMode) => ({ colorMode: mode, light: 'light', dark: 'dark', spacing: 'spacing', typography: 'typography', shape: 'shape' }) as const;

export async function applyColorMode(): Promise<void> {
  const mode = colorMode.get();
  await setGlobalTheme(theme(mode));
  document.documentElement.style.colorScheme = mode;
}
export function switchColorMode(): void {
  colorMode.set((mode) => (mode === 'dark' ? 'light' : 'dark'));
  localStorage.setItem(KEY, colorMode.get());
  void applyColorMode();
}
