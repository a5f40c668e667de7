import { Workbook as ReadWorkbook } from 'exceljs';
import fc from 'fast-check';
import { readSheet } from 'read-excel-file/node';
import { type Cell, type Cells, columnName } from './cell.ts';
import { type Sheet, type Workbook, writeWorkbook } from './workbook.ts';

const formats = { money: '#,##0.00####', date: 'yyyy-mm-dd', moment: 'yyyy-mm-dd hh:mm:ss' };
const columns = ['A', 'B', 'C'].map((header, index) => ({ header, width: 12 + index }));
const text = (value: string): Cell => ({ kind: 'text', text: value });
const count = (value: number): Cell => ({ kind: 'count', value });
const HEADER = ['A', 'B', 'C'];

interface Content extends Omit<Workbook, 'sheets' | 'formats'>, Omit<Partial<Sheet>, 'pages'> {
  rows?: Cells[];
  pages?: Sheet['pages'];
}

async function bytesOf({ rows = [], pages = [rows], name = 'Sheet', totals, ...workbook }: Content): Promise<Buffer> {
  const sheet = { name, columns, pages, ...(totals && { totals }) };
  const chunks: Buffer[] = [];
  for await (const chunk of writeWorkbook({ sheets: [sheet], formats, ...workbook })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const read = async (content: Content, sheet = 1): Promise<unknown[][]> =>
  (await readSheet(await bytesOf(content), sheet, { trim: false })) as unknown[][];

async function open(content: Content): Promise<ReadWorkbook> {
  const workbook = new ReadWorkbook();
  await workbook.xlsx.load((await bytesOf(content)) as never);
  return workbook;
}

test('[REP-16] an independent reader finds every value with its type', async () => {
  const rows: Cells[] = [
    [text('Отчёт €'), count(12_345), { kind: 'money', amount: '1234.5678' }],
    [{ kind: 'date', day: '2026-03-29' }, { kind: 'moment', at: '2026-03-29T10:30:00.000+03:00' }, null],
  ];
  expect(await read({ rows })).toEqual([
    HEADER,
    ['Отчёт €', 12_345, 1234.5678],
    [new Date('2026-03-29T00:00:00Z'), new Date('2026-03-29T10:30:00Z'), null],
  ]);
});

test('[REP-16] the header stays in sight and filters the rows but not the totals; columns have widths, values formats', async () => {
  const rows: Cells[] = [
    [text('x'), count(1), { kind: 'money', amount: '0.5' }],
    [{ kind: 'date', day: '2026-03-29' }, { kind: 'moment', at: '2026-03-29T10:30:00.000+03:00' }, null],
  ];
  const sheet = (await open({ rows, totals: () => [[text('Total'), count(1), null]] })).worksheets[0];
  expect(sheet?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
  expect(sheet?.autoFilter).toBe('A1:C3');
  expect(sheet?.columns.map(({ width }) => width)).toEqual([12, 13, 14]);
  expect(sheet?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1, fitToHeight: 0, paperSize: 9 });
  const looks = (address: string) => {
    const { numFmt, font, type } = sheet?.getCell(address) ?? {};
    return [type, numFmt, font?.bold ?? false];
  };
  const [NUMBER, TEXT, DATE] = [2, 3, 4];
  expect(looks('A1')).toEqual([TEXT, '@', true]);
  // The reader passes over the first style, that of plain text.
  expect(['A2', 'B2', 'C2', 'A3', 'B3'].map(looks)).toEqual([
    [TEXT, undefined, false],
    [NUMBER, '#,##0', false],
    [NUMBER, '#,##0.00####', false],
    [DATE, 'yyyy-mm-dd', false],
    [DATE, 'yyyy-mm-dd hh:mm:ss', false],
  ]);
  expect(['A4', 'B4'].map(looks)).toEqual([
    [TEXT, '@', true],
    [NUMBER, '#,##0', true],
  ]);
});

test('[REP-16] a cover stands first although it is written last, and knows how many rows each sheet has', async () => {
  const cover = {
    name: 'Cover',
    columns: [{ header: '', width: 20 }],
    rows: (written: readonly { name: string; rows: number }[]) =>
      written.map(({ name, rows }): Cells => [text(name), count(rows)]),
  };
  const rows = [1, 2, 3].map((value): Cells => [count(value)]);
  const workbook = await open({ rows, cover, rowsPerSheet: 2, name: "L'été" });
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(['Cover', "L'été", "L'été 2"]);
  expect(workbook.getWorksheet('Cover')?.getSheetValues()).toEqual([
    undefined,
    [undefined, "L'été", 2],
    [undefined, "L'été 2", 1],
  ]);
});

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=cmd|"/c calc"!A1',
  '007',
  '<b>&"\'</b>',
  ' blanks ',
  'a\nb\tc',
  'a_x0041_b',
])('[REP-16] text stays text: %j', async (value) => {
  const cell = (await open({ rows: [[text(value)]] })).worksheets[0]?.getCell('A2');
  expect([cell?.type, cell?.formula]).toEqual([3, undefined]);
  if (!value.includes('_x')) expect(await read({ rows: [[text(value)]] })).toEqual([HEADER, [value, null, null]]);
});

test('any text of printable characters comes back as it was', async () => {
  const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((value) => {
    return value.trim() !== '' && !/_x[0-9a-f]{4}_/i.test(value);
  });
  await fc.assert(
    fc.asyncProperty(printable, async (value) => {
      expect((await read({ rows: [[text(value)]] }))[1]?.[0]).toBe(value);
    }),
    { numRuns: 50 },
  );
});

test('[REP-16] any moment comes back to the millisecond', async () => {
  const moments = fc.array(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(moments, async (dates) => {
      const rows = dates.map((date): Cells => [{ kind: 'moment', at: date.toISOString() }]);
      expect((await read({ rows })).slice(1).map(([at]) => at)).toEqual(dates);
    }),
    // A moment that lies just above a step of the ten decimals, where a reader that cuts off would see the millisecond before.
    { numRuns: 20, examples: [[[new Date('2082-12-18T18:19:34.446Z')]]] },
  );
});

test('equal content gives equal bytes', async () => {
  const rows: Cells[] = [[text('x'), count(1)]];
  expect(await bytesOf({ rows })).toEqual(await bytesOf({ rows }));
});

test.each([1, 2, 5])(
  'rows beyond what a sheet takes go on in a further sheet, under its own header; totals stand once (pages of %i)',
  async (size) => {
    const rows = Array.from({ length: 5 }, (_, index): Cells => [count(index), null, null]);
    const pages = Array.from({ length: Math.ceil(5 / size) }, (_, page) => rows.slice(page * size, (page + 1) * size));
    const content = { pages, rowsPerSheet: 2, totals: () => [[text('Total')]] };
    const sheet = (...values: number[]) => [HEADER, ...values.map((value) => [value, null, null])];
    expect(await read(content)).toEqual(sheet(0, 1));
    expect(await read(content, 2)).toEqual(sheet(2, 3));
    expect(await read(content, 3)).toEqual([...sheet(4), ['Total', null, null]]);
    await expect(read(content, 4)).rejects.toThrow();
  },
);

test('a workbook without rows has its header, and a full sheet no empty one behind it', async () => {
  expect(await read({})).toEqual([HEADER]);
  const full = { rows: [[count(1)], [count(2)]], rowsPerSheet: 2 };
  await expect(read(full, 2)).rejects.toThrow();
});

test('memory does not grow with the rows: bytes come out long before the last row is asked for, and the source is told to end', async () => {
  let [asked, ended] = [0, false];
  function* pages() {
    try {
      for (; asked < 100_000; asked += 100) {
        yield Array.from({ length: 100 }, (_, index): Cells => [text(`row ${(asked + index) * 7919}`), count(asked)]);
      }
    } finally {
      ended = true;
    }
  }
  let seen = 0;
  for await (const chunk of writeWorkbook({ sheets: [{ name: 'Sheet', columns, pages: pages() }], formats })) {
    seen += chunk.length;
    if (seen > 1000) break;
  }
  expect(asked).toBeLessThan(20_000);
  expect(ended).toBe(true);
});

test('a source of rows that fails fails the workbook', async () => {
  function* pages(): Generator<Cells[]> {
    yield [[text('one')]];
    throw new Error('no more');
  }
  await expect(bytesOf({ pages: pages() })).rejects.toThrow('no more');
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
