import { createHash } from 'node:crypto';
import { type OpenedGateway, openGateway, send } from './opened-gateway.test-support.ts';

let gateway: OpenedGateway;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.stop());

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const page = () => send(`${gateway.url}/graphql`, { headers: BROWSER });

/** Sources by directive: script-src and what it allows. */
async function policy(): Promise<Record<string, string[]>> {
  const header = (await page()).headers.get('content-security-policy') ?? '';
  return Object.fromEntries(
    header.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

test('a browser that opens /graphql gets GraphiQL, without a token', async () => {
  const { status, headers, text } = await page();
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(text).toContain('<title>Statistics: GraphiQL</title>');
});

test.each([
  ['asks for anything', { accept: '*/*' }, ''],
  ['asks for JSON', { accept: 'application/json' }, ''],
  ['sends a query', BROWSER, '?query={__typename}'],
])('a client that %s gets an answer and no page', async (_, headers, search) => {
  const answer = await send(`${gateway.url}/graphql${search}`, { headers });
  expect([answer.status, answer.body?.errors[0].extensions.code]).toEqual([400, 'BAD_REQUEST']);
});

test('nothing on the page comes from elsewhere, and all of it is there', async () => {
  const { text } = await page();
  const addresses = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address = '']) => address);
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) {
    if (address.startsWith('data:')) continue;
    expect(address).toMatch(/^\/graphiql\//);
    const { status, headers } = await send(`${gateway.url}${address}`);
    expect([address, status]).toEqual([address, 200]);
    expect(headers.get('content-type')).toMatch(address.endsWith('.css') ? /^text\/css/ : /javascript/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
});

test('the policy of the page allows scripts of this server and its own ones by their hashes, and no others', async () => {
  const { text } = await page();
  const inline = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, script = '']) => script)
    .filter(Boolean);
  const hashes = inline.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const directives = await policy();
  expect(inline.length).toBeGreaterThan(0);
  expect(directives['script-src']).toEqual(["'self'", ...hashes]);
  expect(directives).toMatchObject({
    'default-src': ["'self'"],
    'connect-src': ["'self'"],
    'frame-ancestors': ["'none'"],
  });
  const everything = Object.values(directives).flat().join(' ');
  expect(everything).not.toMatch(/unsafe-eval|https?:|\*/);
  expect(text).not.toMatch(/<[^>]+\son[a-z]+=/);
});

test('files that are not of GraphiQL are not given out', async () => {
  for (const path of ['nothing.js', '../package.json', '..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '']) {
    const { status, body } = await send(`${gateway.url}/graphiql/${path}`);
    expect([path, status, body?.error.code]).toEqual([path, 404, 'NOT_FOUND']);
  }
});
