/** Ports of the site's servers. */
import { createServer } from 'node:net';

/** Says in one sentence what to do about a port somebody else has; passes every other error on. */
export const busyPort = (port: number, variable: string) => (error: unknown): never => {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  throw new Error(`Port ${port} is already in use: stop what listens there or set ${variable} to another port.`);
};

/** The port a server got when it listened on `wanted` and closed again; 0 means any free one. */
export async function probe(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : wanted));
    });
  });
}
