import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import type { CheckMonitor, Host, HostStatus } from '../model';
import type { Parts } from '../parts';
import { hostOwner, grainOf } from '../store/metrics';
import { param, parse, query } from './http';

const STATUS = z.enum(['working', 'standby', 'maintenance', 'poweroff']);
const STATUSES: ReadonlySet<string> = new Set(STATUS.options);
const BULK_HOSTS = 30;
const newHost = z.object({
  name: z.string().min(1),
  meta: z.record(z.string(), z.unknown()).nullish(),
  displayName: z.string().nullish(),
  customIdentifier: z.string().nullish(),
  memo: z.string().nullish(),
  interfaces: z.array(z.unknown()).nullish(),
  roleFullnames: z.array(z.string().regex(/^[^:]+: ?[^:]+$/)).nullish(),
  checks: z.array(z.object({ name: z.string(), memo: z.string().nullish() })).nullish(),
});

/** A host as the API answers it. */
export function hostAnswer(host: Host): Record<string, unknown> {
  const { displayName, customIdentifier, heardAt: _heardAt, ...always } = host;
  return { ...always, ...(displayName === null ? {} : { displayName }), ...(customIdentifier === null ? {} : { customIdentifier }) };
}

/** `["shop:web"]` → `{shop: ["web"]}`; services and roles that do not exist are made, as Mackerel does. */
function rolesOf(parts: Parts, fullnames: readonly string[]): Record<string, string[]> {
  const roles: Record<string, string[]> = {};
  for (const fullname of fullnames) {
    const [service = '', role = ''] = fullname.split(':').map((part) => part.trim());
    roles[service] = [...(roles[service] ?? []), role];
    const known = parts.world.services.get(service) ?? { id: newId(), name: service, memo: '', roles: [] };
    const has = known.roles.some(({ name }) => name === role);
    parts.world.services.save({ ...known, roles: has ? known.roles : [...known.roles, { name: role, memo: '' }] });
  }
  return roles;
}

export function hostRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const hostOf = (id: string): Host => {
    const host = world.hosts.get(id);
    if (host === null) throw notFound('Host');
    return host;
  };

  for (const path of ['/hosts', '/hosts.json']) {
    app.get(path, (request) => {
      const q = query(request);
      const statuses = q.all('status');
      if (!statuses.every((status) => STATUSES.has(status))) throw badRequest('status is unknown.');
      const [service, name, customIdentifier] = [q.one('service'), q.one('name'), q.one('customIdentifier')];
      const filter = {
        statuses: statuses as HostStatus[],
        roles: q.all('role'),
        ...(service === null ? {} : { service }),
        ...(name === null ? {} : { name }),
        ...(customIdentifier === null ? {} : { customIdentifier }),
      };
      return { hosts: world.hosts.find(filter).map(hostAnswer) };
    });
  }
  app.get('/hosts/:id', (request) => ({ host: hostAnswer(hostOf(param(request, 'id'))) }));
  app.get('/hosts-by-custom-identifier/:cid', (request) => {
    const ignoreCase = query(request).one('caseInsensitive') === 'true';
    const form = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
    const wanted = form(param(request, 'cid'));
    const host = world.hosts.all().find((each) => !each.isRetired && each.customIdentifier !== null && form(each.customIdentifier) === wanted);
    if (host === undefined) throw notFound('Host');
    return { host: hostAnswer(host) };
  });
  app.post('/hosts', (request) => {
    const input = parse(newHost, request.body);
    return world.atomically(() => {
      const host = world.hosts.create({
        name: input.name,
        displayName: input.displayName ?? null,
        customIdentifier: input.customIdentifier ?? null,
        memo: input.memo ?? '',
        meta: input.meta ?? {},
        interfaces: input.interfaces ?? [],
        roles: rolesOf(parts, input.roleFullnames ?? []),
        createdAt: world.now(),
      });
      for (const { name, memo } of input.checks ?? []) {
        const known = world.monitors.checkByName(name) ?? ({ id: newId(), type: 'check', name, memo: '', isMute: false, notificationInterval: null, maxCheckAttempts: 1 } satisfies CheckMonitor);
        world.monitors.save({ ...known, memo: memo ?? known.memo });
      }
      parts.notify.hostRegister(host);
      return { id: host.id };
    });
  });
  app.post('/hosts/:id/status', (request) => {
    const { status } = parse(z.object({ status: STATUS }), request.body);
    parts.hosts.setStatus(hostOf(param(request, 'id')), status, null);
    return { success: true };
  });
  app.post('/hosts/bulk-update-statuses', (request) => {
    const { ids, status } = parse(z.object({ ids: z.array(z.string()).min(1).max(BULK_HOSTS), status: STATUS }), request.body);
    return world.atomically(() => {
      for (const id of ids) {
        const host = world.hosts.get(id);
        if (host === null) throw notFound('Hosts');
        parts.hosts.setStatus(host, status, null);
      }
      return { success: true };
    });
  });
  app.post('/hosts/:id/retire', (request) => {
    parts.hosts.retire(hostOf(param(request, 'id')), null);
    return { success: true };
  });
  app.get('/hosts/:id/metric-names', (request) => ({ names: world.metrics.names(hostOwner(hostOf(param(request, 'id')).id)) }));
  app.get('/hosts/:id/metrics', (request) => {
    const owner = hostOwner(hostOf(param(request, 'id')).id);
    const q = query(request);
    const [from, to, name] = [q.seconds('from'), q.seconds('to'), q.one('name')];
    if (name === null) throw badRequest('name is required.');
    const metrics = world.metrics.range(owner, name, from, to, grainOf(to - from, world.periodSeconds));
    if (metrics === null) throw notFound('Metric');
    return { metrics };
  });
}
