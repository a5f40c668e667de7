import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { type Cell, columnName } from './cell.ts';
import { type Row, type Workbook, writeWorkbook } from './workbook.ts';

const formats = { money: '#,##0.00####', date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm:ss' };
const columns = ['A', 'B', 'C'].map((header) => ({ header, width: 12 }));
const row = (...cells: (Cell | null)[]): Row => ({ cells, emphasis: 'plain' });
const text = (value: string): Cell => ({ kind: 'text', text: value });

async function bytesOf(workbook: Partial<Workbook>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeWorkbook({ sheetName: 'Sheet', columns, rows: [], formats, ...workbook }))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

const read = async (workbook: Partial<Workbook>, sheet = 1): Promise<unknown[][]> =>
  (await readSheet(await bytesOf(workbook), sheet, { trim: false })) as unknown[][];

test('[REP-16] an independent reader finds every value with its type', async () => {
  const rows = [
    row(text('Отчёт €'), { kind: 'count', value: 12_345 }, { kind: 'money', amount: '1234.5678' }),
    row({ kind: 'date', day: '2026-03-29' }, { kind: 'moment', at: '2026-03-29T10:30:00.000+03:00' }, null),
  ];
  expect(await read({ rows })).toEqual([
    ['A', 'B', 'C'],
    ['Отчёт €', 12_345, 1234.5678],
    [new Date('2026-03-29T00:00:00Z'), new Date('2026-03-29T10:30:00Z'), null],
  ]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|"/c calc"!A1', '007', '<b>&"\'</b>', ' blanks ', 'a\nb\tc'])(
  '[REP-16] text stays text: %j',
  async (value) => {
    expect(await read({ rows: [row(text(value))] })).toEqual([
      ['A', 'B', 'C'],
      [value, null, null],
    ]);
  },
);

test('any text of printable characters comes back as it was', async () => {
  const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((value) => {
    return value.trim() !== '' && !/_x[0-9a-f]{4}_/i.test(value);
  });
  await fc.assert(
    fc.asyncProperty(printable, async (value) => {
      expect((await read({ rows: [row(text(value))] }))[1]?.[0]).toBe(value);
    }),
    { numRuns: 50 },
  );
});

test('equal content gives equal bytes', async () => {
  const rows = [row(text('x'), { kind: 'count', value: 1 })];
  expect(await bytesOf({ rows })).toEqual(await bytesOf({ rows }));
});

test('rows beyond what a sheet takes go on in a further sheet, under its own header', async () => {
  const rows = Array.from({ length: 5 }, (_, index) => row({ kind: 'count', value: index }));
  const sheet = (...values: number[]) => [['A', 'B', 'C'], ...values.map((value) => [value, null, null])];
  expect(await read({ rows, rowsPerSheet: 3 })).toEqual(sheet(0, 1));
  expect(await read({ rows, rowsPerSheet: 3 }, 2)).toEqual(sheet(2, 3));
  expect(await read({ rows, rowsPerSheet: 3 }, 3)).toEqual(sheet(4));
  await expect(read({ rows, rowsPerSheet: 3 }, 4)).rejects.toThrow();
});

test('a workbook without rows has its header', async () => {
  expect(await read({})).toEqual([['A', 'B', 'C']]);
});

test('memory does not grow with the rows: bytes come out long before the last row is asked for', async () => {
  let asked = 0;
  function* rows() {
    for (; asked < 100_000; asked++) yield row(text(`row ${asked * 7919}`), { kind: 'count', value: asked });
  }
  let seen = 0;
  for await (const chunk of writeWorkbook({ sheetName: 'Sheet', columns, rows: rows(), formats })) {
    seen += chunk.length;
    if (seen > 1000) break;
  }
  expect(asked).toBeLessThan(20_000);
});

test('a source of rows that fails fails the workbook', async () => {
  function* rows(): Generator<Row> {
    yield row(text('one'));
    throw new Error('no more');
  }
  await expect(bytesOf({ rows: rows() })).rejects.toThrow('no more');
});

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('column %i is %s', (column, name) => {
  expect(columnName(column)).toBe(name);
});
