/** Ports of the site's servers. */
import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/** Says in one sentence what to do about a port somebody else has; passes every other error on. */
export const busyPort = (port: number, variable: string) => (error: unknown): never => {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  throw new Error(`Port ${port} is already in use: stop what listens there or set ${variable} to another port.`);
};

/** A port nobody else gets before `release`, which may be called twice. */
export interface ReservedPort {
  readonly port: number;
  release(): Promise<void>;
}

const listening = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    // Whoever comes too early is sent away: a connection that stays open would keep the server from closing.
    const server = createServer((socket) => void socket.destroy());
    server.once('error', reject);
    server.listen(port, 'localhost', () => resolve(server));
  });

/** From 32768 on Linux gives ports to outgoing connections, which nothing keeps off a port that is about to be used. */
const [LOWEST, HIGHEST] = [10_240, 32_767];
const TRIES = 50;

/** Holds `wanted`; 0 means any free one. Addresses are told to the parts of a site before the last of them listens. */
export async function reserve(wanted: number): Promise<ReservedPort> {
  for (let tried = 1; ; tried += 1) {
    const port = wanted === 0 ? randomInt(LOWEST, HIGHEST) : wanted;
    try {
      const server = await listening(port);
      return { port, release: () => new Promise((resolve) => void server.close(() => resolve())) };
    } catch (error) {
      if (wanted !== 0 || tried === TRIES) throw error;
    }
  }
}
