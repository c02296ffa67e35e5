/** Starts `npm start`'s program on free ports with a state folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../vendor-specs';

export interface RunningSite {
  readonly url: string;
  readonly mackerelUrl: string;
  stop(): Promise<void>;
}

/** Ports that are free now, all different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(servers.map((server) => new Promise<number>((done) => server.once('listening', () => done((server.address() as AddressInfo).port)))));
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** Asks `ready` again every 200 ms until it answers true (an unreachable site is not ready); throws with `describe()` after `timeoutMs`. */
async function until(ready: () => Promise<boolean>, timeoutMs: number, describe: () => string, giveUp: () => boolean = () => false): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await ready().catch(() => false))) {
    if (giveUp()) throw new Error(describe());
    if (Date.now() > end) throw new Error(describe());
    await new Promise((done) => setTimeout(done, 200));
  }
}

function ended(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Resolves when the site says it is ready. `unconfigured`: as a first installation. A cold machine first builds the page view, hence the long patience. */
export async function startSite(options: { readonly unconfigured?: boolean } = {}): Promise<RunningSite> {
  const state = mkdtempSync(join(tmpdir(), 'site-'));
  const [port, mackerelPort, appPort] = (await freePorts(3)) as [number, number, number];
  const child = spawn(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'local-site/start.ts'), ...(options.unconfigured === true ? ['--unconfigured'] : [])], {
    cwd: root,
    env: {
      ...process.env,
      STATE_DIR: state,
      PORT: String(port),
      MACKEREL_PORT: String(mackerelPort),
      APP_PORT: String(appPort),
      MACKEREL_API_KEY: '', // whoever has one set still tests against the stand-in
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const url = `http://localhost:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await until(async () => ended(child), 10_000, () => '').catch(() => child.kill('SIGKILL'));
    await until(async () => ended(child), 10_000, () => 'The site did not end.');
    rmSync(state, { recursive: true, force: true });
    if (process.env['SITE_LOG']) console.log(output);
  };
  try {
    await until(
      async () => {
        const answer = await fetch(`${url}/__site/status`);
        return answer.ok && ((await answer.json()) as { ready: boolean }).ready;
      },
      300_000,
      () => `The site did not become ready.\n${output}`,
      () => ended(child),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, mackerelUrl: `http://localhost:${mackerelPort}`, stop };
}
