import { parse } from 'csv-parse/sync';
import type { Cell, Cells } from '../workbook/cell.ts';
import { type CsvFormat, type CsvTable, writeCsv } from './csv.ts';

const EN: CsvFormat = { delimiter: ',', decimalPoint: '.', dateOrder: 'yyyy-mm-dd', tableHeader: 'Table' };
const RU: CsvFormat = { delimiter: ';', decimalPoint: ',', dateOrder: 'dd.mm.yyyy', tableHeader: 'Таблица' };

const text = (value: string): Cell => ({ kind: 'text', text: value });
const table = (name: string, headers: string[], ...pages: Cells[][]): CsvTable => {
  return { name, columns: headers.map((header) => ({ header })), pages };
};

async function written(tables: CsvTable[], format = EN): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeCsv(tables, format)) chunks.push(chunk);
  return String(Buffer.concat(chunks));
}

const ROW: Cells = [
  text('a, "b"; c'),
  { kind: 'count', value: -5 },
  { kind: 'money', amount: '-1234.50' },
  { kind: 'date', day: '2026-03-01' },
  { kind: 'moment', at: '2026-03-01T10:00:05.000+03:00' },
  null,
];
const HEADERS = ['Text', 'Count', 'Money', 'Date', 'Moment', 'Nothing'];

test.each([
  [EN, 'Text,Count,Money,Date,Moment,Nothing', '"a, ""b""; c",-5,-1234.50,2026-03-01,2026-03-01 10:00:05,'],
  [RU, 'Text;Count;Money;Date;Moment;Nothing', '"a, ""b""; c";-5;-1234,50;01.03.2026;01.03.2026 10:00:05;'],
])(
  '[REP-16] a CSV file has the signs of its language, a byte order mark and lines as RFC 4180 has them',
  async (format, header, row) => {
    expect(await written([table('T', HEADERS, [ROW])], format)).toBe(`\ufeff${header}\r\n${row}\r\n`);
  },
);

test('[REP-16] another reader finds the values, page after page', async () => {
  const tables = [table('T', ['A', 'B'], [[text('1\n2'), text(' x ')]], [], [[text('"'), null]])];
  expect(parse(await written(tables), { bom: true })).toEqual([
    ['A', 'B'],
    ['1\n2', ' x '],
    ['"', ''],
  ]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
  '[REP-16] text that looks like a formula gets an apostrophe: %j',
  async (value) => {
    const [, [cell]] = parse(await written([table('T', ['A'], [[text(value)]])]), { bom: true }) as [unknown, string[]];
    expect(cell).toBe(`'${value}`);
  },
);

test('[REP-16] numbers below 0 get none', async () => {
  const row: Cells = [
    { kind: 'count', value: -1 },
    { kind: 'money', amount: '-0.5' },
  ];
  expect(await written([table('T', ['A', 'B'], [row])])).toContain('\r\n-1,-0.5\r\n');
});

test('several tables share the columns of equal headers, and the first column says whose a row is', async () => {
  const tables = [
    table('One', ['Id', 'Start'], [[text('a'), text('s')]]),
    table('Two', ['Other', 'Id'], [[text('o'), text('b')]]),
  ];
  expect(parse(await written(tables), { bom: true })).toEqual([
    ['Table', 'Id', 'Start', 'Other'],
    ['One', 'a', 's', ''],
    ['Two', 'b', '', 'o'],
  ]);
});
