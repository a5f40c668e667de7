import { type Cell, type Emphasis, rowXml } from './cell.ts';
import { escapeText } from './escape-text.ts';
import { stylesXml, type ValueFormats } from './styles.ts';
import { type ZipEntry, zip } from './zip.ts';

export interface Column {
  readonly header: string;
  /** In characters. */
  readonly width: number;
}

export interface Row {
  readonly cells: readonly (Cell | null)[];
  readonly emphasis: Emphasis;
}

export interface Workbook {
  /** At most 25 characters, none of []:*?/\ ; further sheets get a number after it. */
  readonly sheetName: string;
  readonly columns: readonly Column[];
  readonly rows: Iterable<Row> | AsyncIterable<Row>;
  readonly formats: ValueFormats;
  /** Rows of one sheet, the header included; default and most 1,048,576, what spreadsheets take. */
  readonly rowsPerSheet?: number;
}

const ROWS_PER_SHEET = 1_048_576;
const CHUNK_CHARACTERS = 65_536;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/**
 * A workbook in Office Open XML (ECMA-376) as a stream of bytes: equal content gives equal bytes, and memory does not grow
 * with the rows. Rows beyond what a sheet takes go on in a further one.
 */
export function writeWorkbook(workbook: Workbook): AsyncGenerator<Buffer> {
  return zip(parts(workbook));
}

async function* parts(workbook: Workbook): AsyncGenerator<ZipEntry> {
  const rows = rowsOf(workbook.rows);
  const limit = workbook.rowsPerSheet ?? ROWS_PER_SHEET;
  let sheets = 0;
  for (let next = await rows.next(); sheets === 0 || !next.done; ) {
    const sheet = { first: next, last: next };
    sheets++;
    yield { name: `xl/worksheets/sheet${sheets}.xml`, text: sheetXml(workbook.columns, rows, sheet, limit) };
    next = sheet.last;
  }
  yield { name: 'xl/styles.xml', text: [stylesXml(workbook.formats)] };
  yield { name: 'xl/workbook.xml', text: [workbookXml(workbook.sheetName, sheets)] };
  yield { name: 'xl/_rels/workbook.xml.rels', text: [workbookRelations(sheets)] };
  yield { name: '_rels/.rels', text: [relations([relation(1, 'officeDocument', 'xl/workbook.xml')])] };
  yield { name: '[Content_Types].xml', text: [contentTypes(sheets)] };
}

async function* rowsOf(rows: Workbook['rows']): AsyncGenerator<Row> {
  yield* rows;
}

/** One sheet, from the row `sheet.first` on; `sheet.last` becomes the row that it does not hold any more. */
async function* sheetXml(
  columns: readonly Column[],
  rows: AsyncGenerator<Row>,
  sheet: { first: IteratorResult<Row>; last: IteratorResult<Row> },
  limit: number,
): AsyncGenerator<string> {
  let text = `${sheetHead(columns)}${rowXml(headerCells(columns), 1, 'strong')}`;
  let next = sheet.first;
  for (let number = 2; !next.done && number <= limit; number++) {
    text += rowXml(next.value.cells, number, next.value.emphasis);
    if (text.length > CHUNK_CHARACTERS) {
      yield text;
      text = '';
    }
    next = await rows.next();
  }
  sheet.last = next;
  yield `${text}</sheetData></worksheet>`;
}

function headerCells(columns: readonly Column[]): Cell[] {
  return columns.map(({ header }) => ({ kind: 'text', text: header }));
}

/** The header row stays in sight; columns have their widths. */
function sheetHead(columns: readonly Column[]): string {
  const widths = columns.map(({ width }, index) => {
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  return (
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join('')}</cols><sheetData>`
  );
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function workbookXml(name: string, sheets: number): string {
  const list = numbers(sheets).map((number) => {
    const label = escapeText(number === 1 ? name : `${name} ${number}`);
    return `<sheet name="${label}" sheetId="${number}" r:id="rId${number}"/>`;
  });
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list.join('')}</sheets></workbook>`;
}

function workbookRelations(sheets: number): string {
  const list = numbers(sheets).map((number) => relation(number, 'worksheet', `worksheets/sheet${number}.xml`));
  return relations([...list, relation(sheets + 1, 'styles', 'styles.xml')]);
}

function relation(number: number, type: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function relations(list: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const override = (part: string, kind: string) =>
    `<Override PartName="/xl/${part}.xml" ContentType="${type}.${kind}+xml"/>`;
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${override('styles', 'styles')}` +
    `${numbers(sheets)
      .map((number) => override(`worksheets/sheet${number}`, 'worksheet'))
      .join('')}</Types>`
  );
}
