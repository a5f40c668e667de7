import { once } from 'node:events';
import { get } from 'node:http';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { OpenedFile } from '#platform/federation';
import { type ByteRange, FileLinks } from '#platform/files';
import { signInternalToken } from '#platform/identity';
import { behindHttp, type HttpSubgraph } from '../tests/support/http-subgraph.ts';
import { TEST_NOW } from '../tests/support/test-service.ts';
import { type OpenedGateway, openGateway, send, stubSubgraph } from './opened-gateway.test-support.ts';

const BYTES = Buffer.from('0123456789');
const RECORD = { id: 'f1', name: 'Счёт 7.pdf', contentType: 'application/pdf', sizeBytes: 10, sha256: 'abc' };
const ENDLESS = { ...RECORD, id: 'endless', sizeBytes: 1_000_000_000 };

const clock = { now: () => TEST_NOW };
const links = new FileLinks({ secret: 'secret of links', lifetimeSeconds: 900, publicUrl: '' });
let read: (ByteRange | undefined)[];
let endless: Readable;
let subgraph: HttpSubgraph;
let gateway: OpenedGateway;

async function openFile(fileId: string, { identity }: { identity: { companyId?: string } }) {
  if (identity.companyId !== '7') return undefined;
  const files: Record<string, OpenedFile> = {
    f1: {
      ...RECORD,
      async read(range) {
        read.push(range);
        const { start, end } = range ?? { start: 0, end: 9 };
        return Readable.from([BYTES.subarray(start, end + 1)]);
      },
    },
    endless: { ...ENDLESS, read: async () => endless },
  };
  return files[fileId];
}

beforeEach(async () => {
  read = [];
  endless = new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });
  subgraph = await behindHttp(stubSubgraph('billing', { openFile }), { clock, timeoutMs: 2_000 });
  gateway = await openGateway({ connections: [subgraph.connection], fileLinks: links, clock });
});
afterEach(async () => {
  await gateway.stop();
  await subgraph.stop();
});

const link = (fileId = 'f1', companyId = '7') => {
  return gateway.url + links.sign({ service: 'billing', companyId, fileId }, TEST_NOW).url;
};

test('[TOP-05] a file of a subgraph of its own process comes through the gateway, with what is known of it', async () => {
  const { status, headers, text } = await send(link());
  expect([status, text, read]).toEqual([200, '0123456789', [undefined]]);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': '10',
    'content-disposition': `attachment; filename="____ 7.pdf"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%207.pdf`,
    etag: '"abc"',
  });
});

test('of a range only its bytes are read, and for HEAD none', async () => {
  const { status, text, headers } = await send(link(), { headers: { range: 'bytes=-3' } });
  expect([status, text, headers.get('content-range')]).toEqual([206, '789', 'bytes 7-9/10']);
  expect((await send(link(), { method: 'HEAD' })).headers.get('content-length')).toBe('10');
  expect(read).toEqual([{ start: 7, end: 9 }]);
});

test('what the subgraph does not have is not there', async () => {
  const answers = [await send(link('f2')), await send(link('f1', '8')), await send(link('../readyz'))];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});

test('a file whose subgraph has died can be asked for later', async () => {
  await subgraph.stopServer();
  const { status, body } = await send(link());
  expect([status, body.error]).toMatchObject([
    503,
    { code: 'SERVICE_UNAVAILABLE', message: 'billing did not answer; ask again in a second.' },
  ]);
  await subgraph.restart();
  expect((await send(link())).status).toBe(200);
});

test('when the client goes in the middle, the subgraph closes the file', async () => {
  const request = get(link('endless'));
  const [response] = await once(request, 'response');
  await once(response, 'readable');
  const closed = once(endless, 'close');
  request.on('error', () => undefined).destroy();
  await closed;
  expect(endless.destroyed).toBe(true);
});

test('a file that breaks off in the middle is cut off for the client, not passed for whole', async () => {
  const request = get(link('endless'));
  const [response] = await once(request, 'response');
  const cut = once(response, 'error');
  response.resume();
  await setImmediate();
  endless.destroy(new Error('the disk is gone'));
  expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
});

test.each([
  ['no credential', async () => ({})],
  [
    'the credential for another subgraph',
    async () => ({
      'x-internal-identity': await signInternalToken(
        subgraph.signingKey,
        { subject: 'x', companyId: '7', scopes: [] },
        'messaging-stats',
        clock,
      ),
    }),
  ],
])('the subgraph gives no file to whoever comes with %s', async (_, headersOf) => {
  for (const path of ['/files/f1', '/files/f1/bytes']) {
    expect((await send(`${subgraph.url}${path}`, { headers: await headersOf() })).status).toBe(401);
  }
  expect(read).toEqual([]);
});

test.each(['bytes=5-', 'bytes=9-10', 'bytes=4-2', 'bytes=0-1,3-4', 'all'])(
  'the subgraph takes ranges only as the gateway writes them, not %s',
  async (range) => {
    const caller = { subject: 'x', companyId: '7', scopes: [] };
    const token = await signInternalToken(subgraph.signingKey, caller, 'billing', clock);
    const headers = { 'x-internal-identity': token, range };
    const { status, body } = await send(`${subgraph.url}/files/f1/bytes`, { headers });
    expect([status, body.error.message]).toEqual([416, 'range: send bytes=FIRST-LAST, both below 10.']);
  },
);
