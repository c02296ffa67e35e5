import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, badRequest, notFound } from '../errors';
import type { Host } from '../model';
import type { Parts } from '../parts';
import { roleOwner } from '../store/metadata';
import { hostOwner, serviceOwner } from '../store/metrics';
import { param } from './http';

const BYTES = 100 * 1024;
const WEEK_S = 7 * 24 * 3600;
const NAMESPACE = /^(?!mackerel)[-a-zA-Z0-9_]+$/;

/** `owner` finds whose metadata a request is about, for reading or for writing, or throws. */
interface Kind {
  readonly path: string;
  /** Namespaces each may have. */
  readonly most: number;
  readonly owner: (request: FastifyRequest, writes: boolean) => string;
}

export function metadataRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const checkRetired = (host: Host, writes: boolean): void => {
    if (host.isRetired && (writes || world.now() - (host.retiredAt ?? 0) > WEEK_S)) throw badRequest('The host is retired.');
  };
  const kinds: readonly Kind[] = [
    {
      path: '/hosts/:id',
      most: 50,
      owner(request, writes) {
        const host = world.hosts.get(param(request, 'id'));
        if (host === null) throw notFound('Host');
        checkRetired(host, writes);
        return hostOwner(host.id);
      },
    },
    {
      path: '/services/:service',
      most: 50,
      owner(request) {
        const service = world.services.get(param(request, 'service'));
        if (service === null) throw notFound('Service');
        return serviceOwner(service.name);
      },
    },
    {
      path: '/services/:service/roles/:role',
      most: 10,
      owner(request) {
        const service = world.services.get(param(request, 'service'));
        const role = service?.roles.find(({ name }) => name === param(request, 'role'));
        if (!service || !role) throw notFound('Role');
        return roleOwner(service.name, role.name);
      },
    },
  ];

  for (const { path, most, owner } of kinds) {
    const found = (request: FastifyRequest, writes: boolean) => {
      const [of, namespace] = [owner(request, writes), param(request, 'namespace')];
      const metadata = world.metadata.get(of, namespace);
      if (metadata === null) throw notFound('Metadata');
      return { of, namespace, ...metadata };
    };
    app.get(`${path}/metadata`, (request) => ({ metadata: world.metadata.namespaces(owner(request, false)).map((namespace) => ({ namespace })) }));
    app.get(`${path}/metadata/:namespace`, (request, reply: FastifyReply) => {
      const { json, updated_at } = found(request, false);
      return reply.type('application/json').header('last-modified', new Date(updated_at * 1000).toUTCString()).send(json);
    });
    app.put(`${path}/metadata/:namespace`, (request) => {
      const [of, namespace] = [owner(request, true), param(request, 'namespace')];
      if (!NAMESPACE.test(namespace)) throw badRequest('The namespace is invalid.');
      const json = JSON.stringify(request.body ?? null);
      if (Buffer.byteLength(json, 'utf8') > BYTES) throw new ApiError(413, 'The metadata is too large.');
      const known = world.metadata.namespaces(of);
      if (!known.includes(namespace) && known.length >= most) throw badRequest(`There are ${most} namespaces already.`);
      world.metadata.put(of, namespace, json, world.now());
      return { success: true };
    });
    app.delete(`${path}/metadata/:namespace`, (request) => {
      const { of, namespace } = found(request, true);
      world.metadata.remove(of, namespace);
      return { success: true };
    });
  }
}
