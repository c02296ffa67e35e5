/** `/__site/*`: control and inspection of the site, JSON. For scripts and tests on this machine. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { adminVerb, postable } from './configure';
import type { MovableClock } from './core/clock';
import { faultsSchema, type Faults } from './core/faults';
import type { SiteLog } from './core/log';
import type { Usage } from './core/usage';
import { callerOf, refuseForeign } from './http';
import { PUBLISH_MODES } from './products/for-web';
import type { Platform } from './runtime/platform';
import type { ModulePlace, SiteDeps } from './site-deps';
import type { MackerelServer } from './types';

export interface ControlDeps {
  readonly deps: SiteDeps;
  readonly platform: Platform;
  readonly faults: Faults;
  readonly usage: Usage;
  readonly log: SiteLog;
  readonly clock: MovableClock;
  readonly mackerel: MackerelServer | null;
  readonly idle: (timeoutMs: number) => Promise<boolean>;
  readonly ready: () => boolean;
}
const placeSchema = z.strictObject({ contentId: z.string().optional(), spaceKey: z.string().optional(), issueKey: z.string().optional() });
const invokeSchema = z.strictObject({ moduleKey: z.string(), functionKey: z.string(), payload: z.unknown(), context: placeSchema.optional() });
const exportSchema = z.strictObject({
  moduleKey: z.string(),
  exportType: z.enum(['pdf', 'word', 'other']).default('other'),
  context: placeSchema.optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});
const licenseSchema = z.strictObject({ active: z.boolean().nullable() });
const closedSchema = z.strictObject({ closed: z.array(z.string()) });
const clockSchema = z.strictObject({ offsetMs: z.number() });
const storeSwitches = z.strictObject({ indexLagMs: z.number().min(0), keepExpiredMs: z.number().min(0).max(48 * 3_600_000) });
const productSwitches = z.strictObject({ searchLagMs: z.number().min(0), jiraSearchLagMs: z.number().min(0), jiraAbsent: z.boolean(), publishMode: z.enum(PUBLISH_MODES), templatesLoseMacros: z.boolean() });
const switchesSchema = z.strictObject({ ...storeSwitches.shape, ...productSwitches.shape }).partial();

/** Leaves out what was not given: an explicit undefined is a different thing to the callee. */
const placeOf = (place: z.infer<typeof placeSchema> | undefined): ModulePlace => Object.fromEntries(Object.entries(place ?? {}).filter(([, value]) => value !== undefined));
const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const wrong = (reply: FastifyReply, error: z.ZodError): FastifyReply => reply.code(400).send({ error: z.prettifyError(error) });

export async function registerControl(app: FastifyInstance, control: ControlDeps): Promise<void> {
  const { deps, platform, faults, usage, log, clock, mackerel } = control;
  await app.register(
    async (site) => {
      site.addHook('onRequest', refuseForeign(deps.urls.site));
      // Scripts post without a body and may still name JSON as its type.
      site.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
        try {
          done(null, body === '' ? undefined : JSON.parse(String(body)));
        } catch (error) {
          done(Object.assign(error as Error, { statusCode: 400 }));
        }
      });

      site.get('/status', () => ({
        ready: control.ready(),
        site: deps.urls.site,
        app: deps.urls.app,
        // The key of a real organization is nobody's business here.
        mackerel: { url: deps.urls.mackerel, apiKey: mackerel?.apiKey ?? null, readOnlyKey: mackerel?.readOnlyKey ?? null, real: deps.realMackerel },
        spaces: deps.products.spaces(),
        queue: platform.queue(),
      }));
      site.get('/webtriggers', async (_request, reply) => {
        try {
          const { webhookUrl } = await adminVerb(deps, 'settings.get', {});
          const plain = [...deps.manifest.webtriggers.keys()].map((key) => [key, platform.webtriggers.url(key, false)] as const);
          return { ...Object.fromEntries(plain), 'mackerel-webhook': webhookUrl === null ? null : postable(webhookUrl) };
        } catch (error) {
          return reply.code(502).send({ error: message(error) });
        }
      });
      site.get<{ Querystring: { timeoutMs?: string } }>('/idle', async (request, reply) => {
        const idle = await control.idle(Number(request.query.timeoutMs ?? 10_000));
        return reply.code(idle ? 200 : 504).send({ idle, queue: platform.queue() });
      });

      site.post('/invoke', async (request, reply) => {
        const body = invokeSchema.safeParse(request.body);
        if (!body.success) return wrong(reply, body.error);
        const { context, ...call } = body.data;
        const answer = await deps.invoke({ ...call, payload: call.payload, user: callerOf(request, deps.products), context: placeOf(context) });
        return answer.ok ? { result: answer.result ?? {} } : { error: answer.error };
      });
      site.post('/export', async (request, reply) => {
        const body = exportSchema.safeParse(request.body);
        if (!body.success) return wrong(reply, body.error);
        const { moduleKey, exportType, context, config } = body.data;
        const place = { ...placeOf(context), ...(config === undefined ? {} : { config }) };
        return deps.exportMacro(moduleKey, place, exportType, callerOf(request, deps.products)).then(
          (result) => ({ result }),
          (error: unknown) => ({ error: { message: message(error) } }),
        );
      });
      site.post<{ Params: { key: string } }>('/run/:key', async (request, reply) => {
        try {
          const found = await platform.schedules.run(request.params.key);
          return await reply.code(found ? 200 : 404).send(found ? { ran: request.params.key } : { error: `no scheduled trigger ${request.params.key}` });
        } catch (error) {
          return reply.code(500).send({ error: message(error) });
        }
      });

      site.post('/uninstall', async (_request, reply) => {
        try {
          return { ran: await platform.uninstall() };
        } catch (error) {
          return await reply.code(500).send({ error: message(error) });
        }
      });

      site.get('/usage', () => usage.report());
      site.post('/usage/reset', () => {
        usage.reset();
        return usage.report();
      });
      site.get('/log', () => log.calls);
      site.get('/outside', () => log.outsideCalls);
      site.get('/app-log', () => log.appLines);
      site.post('/log/reset', () => {
        log.reset();
        return log.calls;
      });
      site.get('/unmodelled', () => [...log.missing].map(([what, count]) => ({ what, count })));
      site.get('/slack', () => log.notices);

      site.get('/faults', () => faults.list());
      site.put('/faults', async (request, reply) => {
        const rules = faultsSchema.safeParse(request.body);
        if (!rules.success) return wrong(reply, rules.error);
        faults.set(rules.data);
        return faults.list();
      });
      site.delete('/faults', () => {
        faults.clear();
        return faults.list();
      });
      site.put('/clock', async (request, reply) => {
        const body = clockSchema.safeParse(request.body);
        if (!body.success) return wrong(reply, body.error);
        clock.setOffset(body.data.offsetMs);
        return { now: clock.now(), offsetMs: clock.offsetMs };
      });
      site.get('/accounts', () => ({ closed: platform.closedAccounts() }));
      site.put('/accounts', async (request, reply) => {
        const body = closedSchema.safeParse(request.body);
        if (!body.success) return wrong(reply, body.error);
        platform.closeAccounts(body.data.closed);
        return { closed: platform.closedAccounts() };
      });
      const license = (): object => ({ active: deps.license()?.active ?? null });
      site.get('/license', license);
      site.put('/license', async (request, reply) => {
        const body = licenseSchema.safeParse(request.body);
        if (!body.success) return wrong(reply, body.error);
        const { active } = body.data;
        platform.setLicense(active === null ? null : { active });
        return license();
      });
      const switches = (): object => ({ ...platform.switches, ...deps.products.switches });
      site.get('/switches', switches);
      site.put('/switches', async (request, reply) => {
        const body = switchesSchema.safeParse(request.body);
        if (!body.success) return wrong(reply, body.error);
        Object.assign(platform.switches, storeSwitches.partial().strip().parse(body.data));
        Object.assign(deps.products.switches, productSwitches.partial().strip().parse(body.data));
        return switches();
      });
    },
    { prefix: '/__site' },
  );
}
