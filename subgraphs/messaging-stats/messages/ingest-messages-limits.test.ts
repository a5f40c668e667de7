import { gzipSync } from 'node:zlib';
import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { at, line, listed, readAsOf, stats } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const NDJSON = 'application/x-ndjson';

/** Sends a body as it is. */
async function post(company: TestCompany, body: string | Buffer, headers: Record<string, string> = {}, query = '') {
  const response = await fetch(`${service.url}/ingest/messages${query}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await service.token({ companyId: company.id })}`,
      'content-type': NDJSON,
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

/** A time so much later than the moment of the tests. */
const ahead = (ms: number) => new Date(TEST_NOW + ms).toISOString();
const DAY_MS = 86_400_000;

const BAD_LINES: readonly (readonly [name: string, bad: object | string, code: string, field: string])[] = [
  ['an unknown channel', { channel: 'TELEGRAM' }, 'INVALID_FIELD', 'channel'],
  ['a channel in small letters', { channel: 'sms' }, 'INVALID_FIELD', 'channel'],
  ['an unknown status', { status: 'READ' }, 'INVALID_FIELD', 'status'],
  ['no channel', { channel: undefined }, 'MISSING_FIELD', 'channel'],
  ['no status', { status: null }, 'MISSING_FIELD', 'status'],
  ['no createdAt', { createdAt: undefined }, 'MISSING_FIELD', 'createdAt'],
  ['no statusAt', { statusAt: undefined }, 'MISSING_FIELD', 'statusAt'],
  ['no id', { id: undefined }, 'MISSING_FIELD', 'id'],
  ['an empty id', { id: '' }, 'INVALID_FIELD', 'id'],
  ['a number for an id', { id: 7 }, 'INVALID_FIELD', 'id'],
  ['an id of 65 characters', { id: '😀'.repeat(65) }, 'INVALID_FIELD', 'id'],
  ['an id with a NUL', { id: 'a\0b' }, 'INVALID_FIELD', 'id'],
  ['an id with half an emoji', { id: 'a\ud83d' }, 'INVALID_FIELD', 'id'],
  ['an empty notificationId', { notificationId: '' }, 'INVALID_FIELD', 'notificationId'],
  ['a notificationId of 65 characters', { notificationId: 'n'.repeat(65) }, 'INVALID_FIELD', 'notificationId'],
  ['a time without offset', { statusAt: '2026-03-10T09:00:00' }, 'INVALID_FIELD', 'statusAt'],
  ['a day that does not exist', { createdAt: '2026-02-30T09:00:00Z' }, 'INVALID_FIELD', 'createdAt'],
  ['a time before 2000', { createdAt: '1999-12-31T23:59:59.999Z' }, 'INVALID_FIELD', 'createdAt'],
  ['a createdAt more than a day ahead', { createdAt: ahead(DAY_MS + 1) }, 'INVALID_FIELD', 'createdAt'],
  ['a statusAt more than a day ahead', { statusAt: ahead(DAY_MS + 1) }, 'INVALID_FIELD', 'statusAt'],
  ['a sentAt in the far future', { sentAt: '2126-01-01T00:00:00Z' }, 'INVALID_FIELD', 'sentAt'],
  ['a priceAt in the far future', { price: '1', priceAt: '9999-01-01T00:00:00Z' }, 'INVALID_FIELD', 'priceAt'],
  ['a price with 7 decimals', { price: '0.1234567' }, 'INVALID_FIELD', 'price'],
  ['a price that is a number', { price: 0.05 }, 'INVALID_FIELD', 'price'],
  ['a price below 0', { price: '-0.05' }, 'INVALID_FIELD', 'price'],
  ['a price of 10^12', { price: '1000000000000' }, 'INVALID_FIELD', 'price'],
  ['a price with an exponent', { price: '1e3' }, 'INVALID_FIELD', 'price'],
  ['a price with a comma', { price: '0,05' }, 'INVALID_FIELD', 'price'],
  ['smsParts below 0', { smsParts: -1 }, 'INVALID_FIELD', 'smsParts'],
  ['smsParts in quotes', { smsParts: '2' }, 'INVALID_FIELD', 'smsParts'],
  ['a text that is a list', { text: ['a'] }, 'INVALID_FIELD', 'text'],
  ['a deletion that is no boolean', { deleted: 'yes' }, 'INVALID_FIELD', 'deleted'],
  ['a deletion of nothing', '{"deleted":true}', 'MISSING_FIELD', 'id'],
  ['a deletion of an id of 65 characters', { id: 'x'.repeat(65), deleted: true }, 'INVALID_FIELD', 'id'],
  ['a line that is too long', { text: 'x'.repeat(65_536) }, 'LINE_TOO_LONG', ''],
  ['a line that is cut short', '{"id":"bad","channel":"SMS"', 'INVALID_JSON', ''],
  ['a line that is a list', '[1]', 'INVALID_JSON', ''],
];

test.each(BAD_LINES)('[GEN-05] rejects %s and keeps the good lines around it', async (_name, bad, code, field) => {
  const company = await service.company();
  const second = typeof bad === 'string' ? bad : line('bad', { ...bad });
  expect(await company.ingest('messages', [line('a'), second, line('z')])).toEqual({
    status: 200,
    received: 3,
    inserted: 2,
    updated: 0,
    unchanged: 0,
    waiting: 0,
    rejected: 1,
    errors: [{ line: 2, code, ...(field && { field }), message: expect.any(String) }],
  });
  expect(await listed(company, 'id')).toEqual([{ id: 'z' }, { id: 'a' }]);
});

const GOOD_LINES: readonly (readonly [string, object])[] = [
  ['an id of 64 emoji', { id: '😀'.repeat(64) }],
  ['an error code of 64 characters', { errorCode: 'é'.repeat(64) }],
  ['a time exactly one day ahead', { statusAt: ahead(DAY_MS), sentAt: ahead(DAY_MS) }],
  ['the greatest price', { price: '999999999999.999999' }],
  ['smsParts of other channels, whatever they say', { channel: 'PUSH', smsParts: 3, text: 'я'.repeat(71) }],
  ['fields that nobody knows', { campaign: { id: 7 }, Status: 'x', toString: 1 }],
  [
    'null for every optional field',
    {
      sentAt: null,
      notificationId: null,
      text: null,
      smsParts: null,
      price: null,
      priceAt: null,
      errorCode: null,
      deleted: null,
    },
  ],
  ['deleted: false', { deleted: false }],
  ['an empty error code, which is none', { errorCode: '' }],
  ['half an emoji in a text', { text: 'cut \ud83d' }],
  ['a line of exactly 64 KiB', { text: 'x'.repeat(65_536 - JSON.stringify(line('id', { text: '' })).length) }],
];

test.each(GOOD_LINES)('[GEN-05] takes %s', async (_name, fields) => {
  const company = await service.company();
  expect(await company.ingest('messages', [line('id', { ...fields })])).toMatchObject({
    status: 200,
    inserted: 1,
    errors: [],
  });
  expect(await listed(company, 'id')).toEqual([{ id: (fields as { id?: string }).id ?? 'id' }]);
});

test('[GEN-05] reads CRLF, blank lines and a byte order mark, and numbers errors by physical lines', async () => {
  const company = await service.company();
  const [a, b] = [JSON.stringify(line('a')), JSON.stringify(line('b'))];
  const answer = await post(company, `\ufeff\r\n${a}\r\n\r\n  \r\n{"id":"c"}\r\n${b}`);
  expect(answer).toMatchObject({ status: 200, received: 3, inserted: 2, rejected: 1, errors: [{ line: 5 }] });
  expect(await listed(company, 'id')).toEqual([{ id: 'b' }, { id: 'a' }]);
});

test('[GEN-05] lists the first 100 errors and counts the others', async () => {
  const company = await service.company();
  const bad = Array.from({ length: 150 }, (_, index) => line(String(index), { channel: 'FAX' }));
  const answer = await company.ingest('messages', [line('good'), ...bad]);
  expect(answer).toMatchObject({ status: 200, received: 151, inserted: 1, rejected: 150 });
  expect(answer.errors.map((error) => error.line)).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
});

test('[GEN-05] an atomic request with a bad line stores nothing, one without stores everything', async () => {
  const company = await service.company();
  await company.ingest('messages', [line('known')]);
  const before = [await listed(company), await readAsOf(company)];
  const nothing = { inserted: 0, updated: 0, unchanged: 0, waiting: 0 };
  const refused = await company.ingest('messages', [line('a'), line('b', { price: 1 }), line('c')], { atomic: true });
  expect(refused).toMatchObject({
    status: 422,
    ...nothing,
    received: 3,
    errors: [{ line: 2, code: 'INVALID_FIELD', field: 'price' }],
  });
  // A line may be good in itself and contradict what is known.
  const contradicted = [line('a'), line('known', { channel: 'PUSH' }), line('z')];
  expect(await company.ingest('messages', contradicted, { atomic: true })).toMatchObject({
    status: 422,
    ...nothing,
    received: 3,
    errors: [{ line: 2, code: 'IMMUTABLE_FIELD', field: 'channel' }],
  });
  expect([await listed(company), await readAsOf(company)]).toEqual(before);
  const taken = await company.ingest('messages', [line('z'), line('a'), line('known', { price: '1' })], {
    atomic: true,
  });
  expect(taken).toMatchObject({ status: 200, received: 3, inserted: 2, updated: 1, rejected: 0 });
  expect(await listed(company, 'id')).toEqual([{ id: 'z' }, { id: 'known' }, { id: 'a' }]);
});

test('[GEN-05] takes gzip, also atomically, and says what was kept of a stream that is cut short', async () => {
  const company = await service.company();
  const lines = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => JSON.stringify(line(`m${from + index}`))).join('\n');
  const gzip = { 'content-encoding': 'gzip' };
  expect(await post(company, gzipSync(lines(0, 3)), gzip)).toMatchObject({ status: 200, inserted: 3 });
  expect(await post(company, gzipSync(lines(3, 2)), gzip, '?atomic=true')).toMatchObject({ status: 200, inserted: 2 });
  const cut = gzipSync(lines(5, 3)).subarray(0, -9);
  expect(await post(company, cut, gzip)).toMatchObject({ status: 400 });
  expect(await post(company, cut, gzip, '?atomic=true')).toMatchObject({ status: 400 });
  expect(await post(company, lines(9, 1), { 'content-encoding': 'br' })).toMatchObject({ status: 415 });
  const { counters } = await stats(company, 'counters { total }');
  expect(counters.total).toBeGreaterThanOrEqual(5);
});

test('[GEN-05] takes more lines than fit into one batch, and a body without lines', async () => {
  const company = await service.company();
  const lines = Array.from({ length: 10_001 }, (_, index) => line(`m${index}`, { createdAt: at('10:00') }));
  expect(await company.ingest('messages', lines)).toMatchObject({ status: 200, received: 10_001, inserted: 10_001 });
  expect(await company.ingest('messages', lines, { atomic: true })).toMatchObject({ status: 200, unchanged: 10_001 });
  expect(await stats(company, 'counters { total notifications }')).toEqual({
    counters: { total: 10_001, notifications: 10_001 },
  });
  expect(await company.ingest('messages', [])).toMatchObject({ status: 200, received: 0 });
  expect(await company.ingest('messages', ['', '  '])).toMatchObject({ status: 200, received: 0 });
});

test('[GEN-05] refuses a body that is no NDJSON, other content types and unknown kinds', async () => {
  const company = await service.company();
  for (const body of ['id,channel\na,SMS', '[{"id":"a"}]', '"text"', 'null']) {
    expect(await post(company, `\n${body}\n${JSON.stringify(line('a'))}`)).toMatchObject({ status: 400 });
  }
  expect(await post(company, JSON.stringify(line('a')), { 'content-type': 'application/json' })).toMatchObject({
    status: 415,
  });
  expect(await post(company, JSON.stringify(line('a')), {}, '?atomic=perhaps')).toMatchObject({ status: 400 });
  expect(await company.ingest('letters', [line('a')])).toMatchObject({ status: 404 });
  expect(await listed(company, 'id')).toEqual([]);
});

test('[GEN-09] events need a token with ingest:write of a company that is registered', async () => {
  const company = await service.company();
  const send = async (token: string | undefined) => {
    const authorization = token && { authorization: `Bearer ${token}` };
    const body = JSON.stringify(line('a'));
    const headers = { 'content-type': NDJSON, ...authorization };
    const response = await fetch(`${service.url}/ingest/messages`, { method: 'POST', headers, body });
    return response.status;
  };
  expect(await send(undefined)).toBe(401);
  expect(await send('no token')).toBe(401);
  expect(await send(await service.token({ companyId: company.id, scopes: ['stats:read'] }))).toBe(403);
  expect(await send(await service.token({ companyId: '999999' }))).toBe(403);
  expect(await send(await service.token({ companyId: company.id, scopes: ['ingest:write'] }))).toBe(200);
  expect(await listed(company, 'id')).toEqual([{ id: 'a' }]);
});
