import fc from 'fast-check';
import { streamOf } from './ingest.test-support.ts';
import { MAX_LINE_BYTES, readLines } from './line-reader.ts';

type Seen = [number: number, content: string];

async function read(...pieces: (string | Uint8Array)[]): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const lines of readLines(streamOf(...pieces))) {
    for (const line of lines) {
      const content = line.fault ? `${line.fault.code} ${String.fromCharCode(line.opening)}` : line.bytes.toString();
      seen.push([line.number, content]);
    }
  }
  return seen;
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const bounds = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return bounds.slice(1).map((end, i) => bytes.subarray(bounds[i], end));
}

test('lines are numbered as they stand in the file, blank ones included', async () => {
  expect(await read('a\n\nb\r\n \t \r\n\r\nc')).toEqual([
    [1, 'a'],
    [3, 'b'],
    [6, 'c'],
  ]);
});

test('an empty body, blank lines alone and a byte order mark alone have no lines', async () => {
  expect(await read()).toEqual([]);
  expect(await read('')).toEqual([]);
  expect(await read('\n\r\n   ')).toEqual([]);
  expect(await read('\ufeff')).toEqual([]);
  expect(await read(' '.repeat(3 * MAX_LINE_BYTES), '\n', ' '.repeat(3 * MAX_LINE_BYTES))).toEqual([]);
});

test('a byte order mark is dropped at the beginning and nowhere else', async () => {
  expect(await read('\ufeffa\n\ufeffb\n')).toEqual([
    [1, 'a'],
    [2, '\ufeffb'],
  ]);
});

test('the last line needs no end, and may end in CR', async () => {
  expect(await read('a\nb')).toEqual([
    [1, 'a'],
    [2, 'b'],
  ]);
  expect(await read('a\r')).toEqual([[1, 'a']]);
});

test.each([
  ['a', 'letters'],
  ['é', 'characters of two bytes'],
  ['😀', 'characters of four bytes'],
])('a line of %s has at most 65,536 bytes (%s)', async (character) => {
  const most = character.repeat(MAX_LINE_BYTES / Buffer.byteLength(character));
  for (const end of ['', '\n', '\r\n']) {
    expect(await read(`x\n${most}${end}`)).toEqual([
      [1, 'x'],
      [2, most],
    ]);
    expect(await read(`x\n${most}y${end}`)).toEqual([
      [1, 'x'],
      [2, `LINE_TOO_LONG ${most.slice(0, 1) === 'a' ? 'a' : String.fromCharCode(Buffer.from(character)[0] as number)}`],
    ]);
  }
  expect(await read(`\ufeff${most}\r\nz`)).toEqual([
    [1, most],
    [2, 'z'],
  ]);
  expect(await read(`\ufeff {${most}\nz`)).toEqual([
    [1, 'LINE_TOO_LONG {'],
    [2, 'z'],
  ]);
});

test('a line of many megabytes is one fault and the next line is read', async () => {
  const blanks = ' '.repeat(100_000);
  const megabyte = 'm'.repeat(1_000_000);
  expect(await read('a\n', blanks, '{', ...Array(10).fill(megabyte), '\nb\n')).toEqual([
    [1, 'a'],
    [2, 'LINE_TOO_LONG {'],
    [3, 'b'],
  ]);
});

test('a line that is not UTF-8 is a fault; its neighbours are not', async () => {
  const bytes = Buffer.concat([Buffer.from('a\n{'), Buffer.from([0xff]), Buffer.from('}\né\n'), Buffer.from([0xc3])]);
  const expected: Seen[] = [
    [1, 'a'],
    [2, 'INVALID_ENCODING {'],
    [3, 'é'],
    [4, 'INVALID_ENCODING Ã'],
  ];
  for (let place = 0; place <= bytes.length; place += 1) {
    expect(await read(bytes.subarray(0, place), bytes.subarray(place))).toEqual(expected);
  }
});

test('the messages of unreadable lines name the limit and the remedy', async () => {
  const messages: string[] = [];
  for await (const lines of readLines(streamOf('x'.repeat(70_000), '\n', Buffer.from([0xff])))) {
    for (const { fault } of lines) messages.push(String(fault?.message));
  }
  expect(messages).toEqual([
    'The line has more than 65,536 bytes; shorten its texts, or leave out fields that are not needed.',
    'The line holds bytes that are not UTF-8; write the file in UTF-8.',
  ]);
});

test('the lines are the same wherever the bytes are cut into chunks', async () => {
  const piece = fc.oneof(
    fc.constantFrom('\n', '\r\n', '\r', ' ', '\ufeff', 'a', 'é', '😀', 'x'.repeat(MAX_LINE_BYTES), '{"id":"1"}\n'),
    fc.uint8Array({ maxLength: 3 }),
  );
  const places = fc.array(fc.nat(), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), places, async (pieces, some) => {
      const bytes = Buffer.concat(pieces.map((part) => Buffer.from(part as string)));
      expect(await read(...cut(bytes, some))).toEqual(await read(bytes));
    }),
  );
});

test('lines agree with a plain split of the text', async () => {
  const text = fc.string({ unit: fc.constantFrom('\n', '\r\n', 'a', ' ', 'é'), maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 8 }), async (body, places) => {
      const expected = body
        .split('\n')
        .map((line, i): Seen => [i + 1, line.replace(/\r$/, '')])
        .filter(([, line]) => line.trim() !== '');
      expect(await read(...cut(Buffer.from(body), places))).toEqual(expected);
    }),
  );
});

test('a chunk is not asked for before the lines of the last one are taken', async () => {
  let pulled = 0;
  async function* source() {
    for (;;) {
      pulled += 1;
      yield Buffer.from('a\nb\n');
    }
  }
  const lines = readLines(source());
  await lines.next();
  expect(pulled).toBe(1);
  await lines.next();
  expect(pulled).toBe(2);
  await lines.return(undefined);
});
