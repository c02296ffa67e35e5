/** The site's own HTTP routes: product REST for browsers and scripts, web trigger URLs. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProductCall, ProductName, Products, SiteUser } from './types';
import type { WebTriggers } from './runtime/webtrigger';

export interface HttpDeps {
  readonly siteUrl: string;
  readonly products: Products;
  readonly webtriggers: WebTriggers;
}
const REST: readonly { readonly prefix: string; readonly product: ProductName }[] = [
  { prefix: '/wiki/api/v2', product: 'confluence' },
  { prefix: '/wiki/rest/api', product: 'confluence' },
  { prefix: '/wiki/download/attachments', product: 'confluence' },
  { prefix: '/rest/api/3', product: 'jira' },
];
const COOKIE = /(?:^|;\s*)site-user=([a-z]+)/;

/** Header for scripts, cookie for browsers; neither: alice, as in the pages. null: anonymous. */
export function callerOf(request: Pick<FastifyRequest, 'headers'>, products: Products): SiteUser | null {
  const header = request.headers['x-site-user'];
  const name = typeof header === 'string' ? header : (COOKIE.exec(request.headers.cookie ?? '')?.[1] ?? 'alice');
  return products.userByName(name);
}
/** The app's frames share the host name, and so the cookie: only the site's own pages and scripts may write. */
export function refuseForeign(siteUrl: string) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { origin } = request.headers;
    if (request.method === 'GET' || origin === undefined || origin === siteUrl) return undefined;
    return reply.code(403).send({ message: 'Only pages of this site may call this.' });
  };
}
function rawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  // Files need not be text.
  scope.addContentTypeParser(/^multipart\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
const bytesOf = ({ body }: FastifyRequest): Pick<ProductCall, 'bytes'> => (Buffer.isBuffer(body) ? { bytes: body } : {});
const bodyOf = (request: FastifyRequest): string | null => (typeof request.body === 'string' && request.body !== '' ? request.body : null);

export async function registerHttp(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  const { products, webtriggers } = deps;

  await app.register(async (scope) => {
    rawBodies(scope);
    scope.addHook('onRequest', refuseForeign(deps.siteUrl));
    for (const { prefix, product } of REST) {
      scope.all(`${prefix}/*`, async (request, reply) => {
        const user = callerOf(request, products);
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
        const as: ProductCall['as'] = user === null ? { type: 'anonymous' } : { type: 'user', accountId: user.accountId };
        const answer = await products.call({ product, as, via: 'browser', method: request.method, path: request.url, headers, body: bodyOf(request), ...bytesOf(request) });
        return reply.code(answer.status).headers(answer.headers).send(answer.bytes === undefined ? answer.body : Buffer.from(answer.bytes));
      });
    }
  });

  await app.register(async (scope) => {
    rawBodies(scope);
    const handle = async (request: FastifyRequest<{ Params: { token: string } }>, reply: FastifyReply): Promise<FastifyReply> => {
      const { pathname, searchParams } = new URL(request.url, deps.siteUrl);
      const { token } = request.params;
      const answer = await webtriggers.handle({
        token,
        method: request.method,
        path: pathname,
        userPath: pathname.slice(`/x/${token}`.length),
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value : [String(value)]])),
        queryParameters: Object.fromEntries([...new Set(searchParams.keys())].map((key) => [key, searchParams.getAll(key)])),
        body: bodyOf(request) ?? '',
      });
      for (const [name, values] of Object.entries(answer.headers)) void reply.header(name, values.length === 1 ? values[0] : values);
      return reply.code(answer.status).send(answer.body);
    };
    scope.all('/x/:token', handle);
    scope.all('/x/:token/*', handle);
  });
}
