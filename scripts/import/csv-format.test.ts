import fc from 'fast-check';
import { csv } from './csv-format.ts';
import type { FileRecord } from './format.ts';

async function read(file: string | Buffer, blockBytes = 65_536): Promise<FileRecord[]> {
  const records: FileRecord[] = [];
  for await (const record of csv.read(blocks(Buffer.from(file), blockBytes))) records.push(record);
  return records;
}

async function* blocks(bytes: Buffer, blockBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += blockBytes) yield bytes.subarray(at, at + blockBytes);
}

/** Line and event of each record. */
const shown = (records: FileRecord[]) =>
  records.map((record) => [record.line, record.fault ? record.fault.code : JSON.parse(record.json.toString())]);

test('columns are fields, and empty cells are left out', async () => {
  const records = await read('id,channel, status ,,text\nm1,SMS,SENT,unnamed,\nm2,,SENT,,"a ""b"", c"\n');
  expect(shown(records)).toEqual([
    [2, { id: 'm1', channel: 'SMS', status: 'SENT' }],
    [3, { id: 'm2', status: 'SENT', text: 'a "b", c' }],
  ]);
});

test('fields that are numbers, booleans or lists become so, and what has not their form stays a string', async () => {
  const header = 'id,name,smsParts,latitude,holdSeconds,deleted,skipped,groupIds,price';
  const records = await read(`${header}\n1,2,3,-45.5, 6 ,TRUE,false,g1|g2,0.10\n1,true,three,4e1,0x5,yes,1,g1,1\n`);
  expect(shown(records)).toEqual([
    [
      2,
      {
        id: '1',
        name: '2',
        smsParts: 3,
        latitude: -45.5,
        holdSeconds: 6,
        deleted: true,
        skipped: false,
        groupIds: ['g1', 'g2'],
        price: '0.10',
      },
    ],
    [
      3,
      {
        id: '1',
        name: 'true',
        smsParts: 'three',
        latitude: 40,
        holdSeconds: '0x5',
        deleted: 'yes',
        skipped: '1',
        groupIds: ['g1'],
        price: '1',
      },
    ],
  ]);
});

test('a record has the line on which it begins: after a BOM, blank lines and line ends inside quotes', async () => {
  const file = '\ufeffid,text\r\n\r\na,"one\r\ntwo"\r\nb,x\n\n,\n"c\n",y';
  expect(shown(await read(file))).toEqual([
    [3, { id: 'a', text: 'one\r\ntwo' }],
    [5, { id: 'b', text: 'x' }],
    [8, { id: 'c\n', text: 'y' }],
  ]);
});

test.each([';', '\t'])('the header tells that cells are separated by %j', async (delimiter) => {
  const file = [
    ['id', '"text, long"', 'price'],
    ['m1', '1,5', '2'],
    ['m2', '', '3'],
  ].map((row) => row.join(delimiter));
  expect(shown(await read(file.join('\n')))).toEqual([
    [2, { id: 'm1', 'text, long': '1,5', price: '2' }],
    [3, { id: 'm2', price: '3' }],
  ]);
});

test('a record with another number of cells than the header is at fault, and the others are read', async () => {
  const records = await read('id,text\na,b,c\nd\ne,f\n');
  expect(shown(records)).toEqual([
    [2, 'INVALID_CSV'],
    [3, 'INVALID_CSV'],
    [4, { id: 'e', text: 'f' }],
  ]);
  expect(records[0]?.fault?.message).toBe(
    'The record has 3 cells, the header 2; put quotes around cells that hold the separator.',
  );
});

test.each([
  ['', "the file is empty; begin it with a header of the kind's field names."],
  ['id,text,id\n', 'the header names "id" twice; give each column a name of its own.'],
  ['name,text\na,b\n', 'the first line of the file names no column id; '],
  ['id,text\na,b\n\nc,"d"e\n', 'the record that begins on line 4 of the file has a quote in the middle of a cell; '],
  ['id,text\na,b"c\n', 'the record that begins on line 2 of the file has a quote in the middle of a cell; '],
  ['id,text\na,"b\nc,d\n', 'the record that begins on line 2 of the file has a quote that is never closed; close it.'],
  [`id,text\na,"${'b'.repeat(1_100_000)}"\n`, 'the record that begins on line 2 of the file is longer than 1 MiB; '],
  [Buffer.from('id,text\na,b\nc,\xd4\n', 'latin1'), 'the file is not UTF-8, near its line 3; save it as "CSV UTF-8".'],
])('a file that cannot be read on is refused with its line and the remedy (%#)', async (file, sentence) => {
  await expect(read(file)).rejects.toThrow(sentence);
});

test('records, cells and lines are right for any text, line end and cut into blocks', async () => {
  const cell = fc.array(fc.constantFrom('a', 'Ж', '😀', '"', ',', '\n', '\r\n', ' ')).map((parts) => parts.join(''));
  const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', '\r\n\n');
  const file = fc.array(fc.record({ text: cell, lineEnd }), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(file, fc.integer({ min: 1, max: 40 }), async (rows, blockBytes) => {
      let text = 'id,text\n';
      const expected = rows.map((row) => {
        const line = text.split('\n').length;
        text += `x,"${row.text.replaceAll('"', '""')}"${row.lineEnd}`;
        return [line, row.text === '' ? { id: 'x' } : { id: 'x', text: row.text }];
      });
      expect(shown(await read(text, blockBytes))).toEqual(expected);
    }),
  );
});
