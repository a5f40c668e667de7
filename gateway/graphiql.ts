import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type RuruClientConfig, ruruHTML } from 'ruru/server';
import { getStaticFile } from 'ruru/static';
import { ServiceError } from '#platform/errors';

const STATIC_PATH = '/graphiql/';

const FIRST_QUERY = `# The book on the left documents every field.
# The token goes into the headers below:
# { "Authorization": "Bearer ..." }
{
  messagingStats(period: { preset: LAST_30_DAYS }) {
    period { from to timeZone asOf }
    counters {
      total sent delivered deliveryRate
      price { amount currency }
    }
    breakdown(by: [CHANNEL]) {
      labels share
      counters { sent delivered }
    }
  }
}
`;

/** Takes a token from the address (/graphql#token=...), where no server sees it, into the headers of the first tab. */
const TOKEN_SCRIPT = `<script>
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token) {
    RURU_CONFIG.initialHeaders = RURU_CONFIG.defaultHeaders = JSON.stringify({ Authorization: 'Bearer ' + token }, null, 2);
    history.replaceState(null, '', location.pathname);
  }
</script>`;

const PAGE = ruruHTML({
  staticPath: STATIC_PATH,
  endpoint: '/graphql',
  // The package's type asks for all settings; it takes any.
  clientConfig: { defaultQuery: FIRST_QUERY } as RuruClientConfig,
  htmlParts: {
    // Without an icon of its own a browser asks for /favicon.ico.
    metaTags: (original) => `${original}\n<link rel="icon" href="data:,">`,
    titleTag: '<title>Statistics: GraphiQL</title>',
    configScript: (original) => `${original}\n${TOKEN_SCRIPT}`,
  },
});

/** Scripts of this server and the page's own ones, which are named by their hashes; nothing from anywhere else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  `script-src 'self' ${inlineScriptHashes(PAGE).join(' ')}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Whether a browser asks for a page to look at, and not a client for an answer. */
export function wantsPage(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? '';
  const { query } = request.query as { query?: string };
  return request.method === 'GET' && query === undefined && accept.includes('text/html');
}

export function sendGraphiql(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(PAGE);
}

/** Serves the scripts and styles of the installed package. */
export function addGraphiqlFiles(server: FastifyInstance): void {
  server.get(`${STATIC_PATH}*`, async (request, reply) => {
    const file = await getStaticFile({
      staticPath: STATIC_PATH,
      urlPath: request.url.split('?')[0] ?? '',
      acceptEncoding: request.headers['accept-encoding'],
      disallowDevAssets: true,
    });
    if (!file) throw new ServiceError('NOT_FOUND', 'there is no such file of GraphiQL.');
    return reply.headers(file.headers).header('cache-control', 'public, max-age=3600').send(file.content);
  });
}

function inlineScriptHashes(html: string): string[] {
  return [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, script = '']) => script)
    .filter((script) => script !== '')
    .map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
}
