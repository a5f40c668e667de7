import { CommandError } from '../command-line/command-error.ts';
import { cellReader } from './field-types.ts';

const NEWLINE = 0x0a;
const MAX_HEADER_BYTES = 65_536;
/** Spreadsheets write semicolons where the comma is the decimal sign. */
const DELIMITERS = [',', ';', '\t'] as const;

/** Turns the cells of one record into an event; undefined where all of them are empty. */
export type RecordReader = (cells: readonly string[]) => Record<string, unknown> | undefined;

/** What stands between the cells, by the first line: the sign that occurs there most often outside of quotes. */
export async function findDelimiter(
  source: AsyncIterable<Buffer>,
): Promise<{ delimiter: string; whole: AsyncIterable<Buffer> }> {
  const rest = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (!head.includes(NEWLINE) && head.length < MAX_HEADER_BYTES) {
    const { done, value } = await rest.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  const [header = ''] = head
    .toString()
    .replace(/"[^"]*"/g, '')
    .trimStart()
    .split('\n', 1);
  const count = (sign: string) => header.split(sign).length;
  const delimiter = DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  return { delimiter, whole: joined(head, rest) };
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/**
 * Reads the header. Columns without a name are passed over; empty cells are left out of their event.
 * Throws CommandError for a name that occurs twice and for a line that is no header.
 */
export function readHeader(cells: readonly string[]): RecordReader {
  const names = cells.map((cell) => cell.trim());
  const named = names.filter((name) => name !== '');
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new CommandError(`the header names ${JSON.stringify(twice)} twice; give each column a name of its own.`);
  }
  // Every kind of events is identified by one of these.
  if (!named.includes('id') && !named.includes('operatorId')) {
    throw new CommandError(
      `the first line of the file names no column id; begin with a header of the kind's field names (it reads ${shown(names)}).`,
    );
  }
  const columns = names.map((name) => ({ name, read: cellReader(name) }));
  return (record) => {
    const fields = columns.flatMap(({ name, read }, index) => {
      const cell = record[index];
      return name === '' || !cell ? [] : [[name, read(cell)] as const];
    });
    return record.every((cell) => cell.trim() === '') ? undefined : Object.fromEntries(fields);
  };
}

function shown(names: readonly string[]): string {
  const text = names.join(', ');
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
}
