import { PassThrough } from 'node:stream';
import { testTerminal } from '../command-line/terminal.test-support.ts';
import { importFile } from './import-file.ts';
import { ImportTally } from './import-tally.ts';
import { type Behaviour, inserted, startIngestServer } from './ingest-server.test-support.ts';
import { ndjson } from './ndjson-format.ts';

const FIVE = ['a', 'b', 'c', 'd', 'e'].map((id) => JSON.stringify({ id }));
const busy: Behaviour = (_request, response) =>
  response.writeHead(503, { 'retry-after': '7' }).end('{"error":{"code":"OVERLOADED","message":"come back."}}');
const dropped: Behaviour = (_request, _response, incoming) => incoming.socket.destroy();

interface Sending {
  text?: string;
  behaviours?: (Behaviour | undefined)[];
  atomic?: boolean;
  /** As standard input is: not to be opened twice. */
  once?: boolean;
  gone?: boolean;
}

/** Imports a text, two lines a request, through a server that treats its requests as told (the first one only checks). */
async function send({ text = FIVE.join('\n'), behaviours = [], atomic = false, once = false, gone = false }: Sending) {
  const server = await startIngestServer(undefined, ...behaviours);
  if (gone) await server.stop();
  const { terminal, waits } = testTerminal();
  const tally = new ImportTally();
  const source = { repeatable: !once, readBytes: 0, open: () => PassThrough.from([Buffer.from(text)]) };
  const access = { token: async () => 'TOKEN', remedy: 'Get another.' };
  const target = { url: server.url, kind: 'messages', atomic, access, wait: terminal.wait };
  const limits = { lines: 2, bytes: 1000 };
  let progress = 0;
  const outcome = await importFile({
    source,
    format: ndjson,
    target,
    tally,
    onProgress: () => progress++,
    limits,
  }).then(
    () => undefined,
    (error: Error) => error.message,
  );
  await server.stop();
  const [, ...requests] = server.requests;
  const sent = requests.map(({ lines }) => lines.map((line) => JSON.parse(line).id).join(''));
  return { outcome, sent, waits, progress, received: tally.received, text: tally.text(), requests, url: server.url };
}

test('a file goes in requests of some lines, each told when it is acknowledged', async () => {
  const { outcome, sent, received, progress, requests } = await send({});
  expect([outcome, sent, received, progress]).toEqual([undefined, ['ab', 'cd', 'e'], 5, 3]);
  expect(requests[0]).toMatchObject({ path: '/ingest/messages', authorization: 'Bearer TOKEN' });
});

test('with all or none it goes in one request', async () => {
  const { sent, received, requests } = await send({ atomic: true });
  expect([sent, received, requests[0]?.path]).toEqual([['abcde'], 5, '/ingest/messages?atomic=true']);
});

test('a request that finds the service busy is sent again after Retry-After, the others once', async () => {
  const { outcome, sent, waits, received } = await send({ behaviours: [undefined, busy, busy] });
  expect([outcome, sent, waits, received]).toEqual([undefined, ['ab', 'cd', 'cd', 'cd', 'e'], [7000, 7000], 5]);
});

test('a connection that breaks is tried again after a time that doubles', async () => {
  const { outcome, sent, waits, received } = await send({ behaviours: [dropped, dropped] });
  expect([outcome, sent, waits, received]).toEqual([undefined, ['ab', 'ab', 'ab', 'cd', 'e'], [1000, 2000], 5]);
});

test('after six attempts it gives up, and what was acknowledged is counted', async () => {
  const gone = await send({ behaviours: [undefined, ...Array<Behaviour>(6).fill(dropped)] });
  expect(gone.outcome).toBe(
    `no statistics service answers at ${gone.url} (ECONNRESET); start it with npm start, or name its address with --url.`,
  );
  expect([gone.sent.length, gone.waits, gone.received]).toEqual([7, [1000, 2000, 4000, 8000, 16_000], 2]);
  const overloaded = await send({ behaviours: Array<Behaviour>(6).fill(busy) });
  expect([overloaded.outcome, overloaded.sent.length, overloaded.received]).toEqual(['come back.', 6, 0]);
});

test('all or none of a file is sent again whole; of standard input, which is read once, it is not', async () => {
  const file = await send({ atomic: true, behaviours: [dropped] });
  expect([file.outcome, file.sent, file.received]).toEqual([undefined, ['abcde', 'abcde'], 5]);
  const stdin = await send({ atomic: true, once: true, behaviours: [busy] });
  expect([stdin.outcome, stdin.sent, stdin.waits]).toEqual(['come back.', ['abcde'], []]);
  expect((await send({ once: true, behaviours: [busy] })).outcome).toBeUndefined();
});

test('where nobody listens it says so at once', async () => {
  const { outcome, waits, url } = await send({ gone: true });
  expect(outcome).toBe(
    `no statistics service answers at ${url} (ECONNREFUSED); start it with npm start, or name its address with --url.`,
  );
  expect(waits).toEqual([]);
});

test('an answer that is none of this service, and a count that is not ours, end the import', async () => {
  const other = await send({ behaviours: [(_request, response) => response.writeHead(404).end('<html>')] });
  expect(other.outcome).toBe(
    `${other.url} answered with status 404 and not as the statistics service does; correct --url.`,
  );
  const wrong = await send({ behaviours: [(_request, response) => response.end(JSON.stringify(inserted(1)))] });
  expect(wrong.outcome).toMatch(/^the service counted 1 lines of a request that held 2; /);
});

test('errors carry the line of the file, over all requests and past blank lines', async () => {
  const reject: Behaviour = ({ lines }, response) => {
    const errors = lines.map((_line, index) => ({ line: index + 1, code: 'INVALID_FIELD', message: 'no.' }));
    response.end(JSON.stringify({ ...inserted(0), received: lines.length, rejected: lines.length, errors }));
  };
  const { text } = await send({ text: `\n${FIVE.join('\n\n')}`, behaviours: [reject, undefined, reject] });
  expect(text).toBe(`received   5
inserted   2
updated    0
unchanged  0
waiting    0
rejected   3
line 2: INVALID_FIELD: no.
line 4: INVALID_FIELD: no.
line 10: INVALID_FIELD: no.
`);
});

test('a hundred errors are listed, and the rest counted', async () => {
  const lines = Array.from({ length: 103 }, () => '{"id":"x"}');
  const reject: Behaviour = (request, response) => {
    const errors = request.lines.map((_line, index) => ({ line: index + 1, code: 'TOO_OLD', message: 'no.' }));
    response.end(JSON.stringify({ ...inserted(0), received: request.lines.length, rejected: errors.length, errors }));
  };
  const { text } = await send({ text: lines.join('\n'), behaviours: Array<Behaviour>(52).fill(reject) });
  expect(text.match(/^line /gm)).toHaveLength(100);
  expect(text).toMatch(/\nline 100: TOO_OLD: no\.\n3 more lines were rejected\.\n$/);
});

test('a request also ends when it has enough bytes', async () => {
  const long = FIVE.map((line) => line.replace('}', `,"text":"${'x'.repeat(1000)}"}`));
  expect((await send({ text: long.join('\n') })).sent).toEqual(['a', 'b', 'c', 'd', 'e']);
});
