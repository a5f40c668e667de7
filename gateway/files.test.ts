import { Readable } from 'node:stream';
import type { OpenedFile } from '#platform/federation';
import { FileLinks } from '#platform/files';
import { TEST_NOW } from '../tests/support/test-service.ts';
import { type OpenedGateway, openGateway, send, stubSubgraph } from './opened-gateway.test-support.ts';

const BYTES = Buffer.from('0123456789');
const FILE = { id: 'f1', name: 'Счёт "7"\'s.pdf', contentType: 'application/pdf', sizeBytes: 10, sha256: 'abc' };

const links = new FileLinks({ secret: 'secret of links', lifetimeSeconds: 900, publicUrl: '' });
let now = TEST_NOW;
let gateway: OpenedGateway;
beforeAll(async () => {
  const file: OpenedFile = {
    ...FILE,
    read: async ({ start, end } = { start: 0, end: 9 }) => Readable.from([BYTES.subarray(start, end + 1)]),
  };
  const openFile = async (fileId: string, { identity }: { identity: { companyId?: string } }) => {
    return fileId === 'f1' && identity.companyId === '7' ? file : undefined;
  };
  gateway = await openGateway({
    connections: [stubSubgraph('billing', { openFile }), stubSubgraph('messaging-stats')],
    fileLinks: links,
    clock: { now: () => now },
  });
});
afterAll(() => gateway.stop());
beforeEach(() => {
  now = TEST_NOW;
});

const link = (part: object = {}) => {
  return gateway.url + links.sign({ service: 'billing', companyId: '7', fileId: 'f1', ...part }, TEST_NOW).url;
};

test('[TOP-05] [INV-08] a signed link gives the file without a token, with its name, type, size and hash', async () => {
  const { status, headers, text } = await send(link());
  expect([status, text]).toEqual([200, '0123456789']);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-length': '10',
    'content-disposition': `attachment; filename="____ _7_'s.pdf"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%20%227%22%27s.pdf`,
    etag: '"abc"',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
  });
});

test('HEAD tells the same of it and sends no bytes', async () => {
  const { status, headers, text } = await send(link(), { method: 'HEAD' });
  expect([status, text, headers.get('content-length'), headers.get('etag')]).toEqual([200, '', '10', '"abc"']);
});

test.each([
  ['bytes=2-4', '234', 'bytes 2-4/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=0-0', '0', 'bytes 0-0/10'],
  ['bytes=5-500', '56789', 'bytes 5-9/10'],
  ['bytes=-500', '0123456789', 'bytes 0-9/10'],
])('the range %s gives %s', async (range, expected, contentRange) => {
  const { status, text, headers } = await send(link(), { headers: { range } });
  expect([status, text, headers.get('content-range')]).toEqual([206, expected, contentRange]);
  expect(headers.get('content-length')).toBe(String(expected.length));
});

test.each(['bytes=4-2', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=-', 'bytes=a-b'])(
  'the range %s is passed over and the whole file sent',
  async (range) => {
    const { status, text } = await send(link(), { headers: { range } });
    expect([status, text]).toEqual([200, '0123456789']);
  },
);

test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('the range %s behind the end is refused', async (range) => {
  const { status, headers, body } = await send(link(), { headers: { range } });
  expect([status, headers.get('content-range'), body.error]).toMatchObject([
    416,
    'bytes */10',
    { code: 'RANGE_NOT_SATISFIABLE', message: 'the file ends after 10 bytes; ask for others.' },
  ]);
});

test('a part of another version is not sent: the whole file is', async () => {
  const headers = { range: 'bytes=2-4', 'if-range': '"older"' };
  expect((await send(link(), { headers })).text).toBe('0123456789');
  expect((await send(link(), { headers: { ...headers, 'if-range': '"abc"' } })).text).toBe('234');
});

test('who has it already is told so', async () => {
  const { status, text } = await send(link(), { headers: { 'if-none-match': '"abc"' } });
  expect([status, text]).toEqual([304, '']);
});

const ALTERED = 'this link was altered or cut off; ask the graph for a new one.';

test.each([
  ['another company', (url: string) => url.replace('/7/', '/8/')],
  ['another file', (url: string) => url.replace('/f1?', '/f2?')],
  ['another service', (url: string) => url.replace('/billing/', '/messaging-stats/')],
  ['a later expiry', (url: string) => url.replace(/expires=\d+/, 'expires=9999999999')],
  ['another spelling of the expiry', (url: string) => url.replace('expires=', 'expires=0')],
  ['another signature', (url: string) => url.replace(/signature=../, 'signature=00')],
  ['a signature of another length', (url: string) => url.slice(0, -4)],
  ['no signature', (url: string) => url.replace(/&signature=.*/, '')],
  ['two signatures', (url: string) => `${url}&signature=0`],
  ['nothing behind the path', (url: string) => url.replace(/\?.*/, '')],
])('a link with %s is refused', async (_, alter) => {
  const { status, body } = await send(alter(link()));
  expect([status, body.error]).toMatchObject([403, { code: 'FORBIDDEN', message: ALTERED }]);
});

test('a link works until it expires and is then refused', async () => {
  now = TEST_NOW + 900_000 - 1;
  expect((await send(link())).status).toBe(200);
  now = TEST_NOW + 900_000;
  const { status, body } = await send(link());
  expect([status, body.error]).toMatchObject([
    403,
    { code: 'FORBIDDEN', message: 'this link has expired; ask the graph for a new one.' },
  ]);
});

test.each([{ fileId: 'f2' }, { companyId: '8' }, { service: 'nobody' }])(
  'a link to what is not there any more is answered as such: %j',
  async (part) => {
    const { status, body } = await send(link(part));
    expect([status, body.error]).toMatchObject([404, { message: 'this file is no longer kept.' }]);
  },
);
