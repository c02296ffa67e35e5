/** Pictures of alerts, at the address their notifications carry: public, without a key. */
import type { FastifyInstance } from 'fastify';
import type { World } from './world';

export function registerImages(server: FastifyInstance, { images }: Pick<World, 'images'>): void {
  server.get<{ Params: { file: string } }>('/embed/public/alert/:file', (request, reply) => {
    const name = /^([\w-]+)\.png$/.exec(request.params.file)?.[1];
    const png = name === undefined ? null : images.get(name);
    return png === null ? reply.code(404).type('text/plain').send('Not Found') : reply.type('image/png').send(Buffer.from(png));
  });
}
