/** UI Kit surfaces of the app: bundled from their source files as Forge does on deployment, run in a hidden frame. */
import { build } from 'esbuild';

/** The frame draws nothing: what the app renders travels over the bridge. */
export const UIKIT_PAGE = '<!doctype html><html><head><meta charset="utf-8" /><title>UI Kit</title></head><body><script src="./main.js"></script></body></html>';

/** Bundles `entry` when it is first asked for. Rejects with the bundler's messages, and tries again the next time. */
export function uiKitBundle(appDir: string, entry: string): () => Promise<string> {
  let made: Promise<string> | null = null;
  const make = async (): Promise<string> => {
    const built = await build({
      entryPoints: [entry],
      absWorkingDir: appDir,
      bundle: true,
      format: 'iife',
      target: 'es2020',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
      write: false,
    });
    return built.outputFiles[0]?.text ?? '';
  };
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      console.error(error instanceof Error ? error.message : error);
      throw error;
    });
    return made;
  };
}
