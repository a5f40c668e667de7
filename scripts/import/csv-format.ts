import { isUtf8 } from 'node:buffer';
import { CommandError } from '../command-line/command-error.ts';
import { findDelimiter, type RecordReader, readHeader } from './csv-header.ts';
import { CsvLines, countNewlines } from './csv-lines.ts';
import { readRecords } from './csv-records.ts';
import { LIST_SEPARATOR } from './field-types.ts';
import type { FileRecord, Format } from './format.ts';

/** Comma-separated values of RFC 4180 whose first line names the fields of the kind. */
export const csv: Format = {
  name: 'csv',
  description:
    'a header with the field names of the kind and one record a line, in UTF-8, separated by commas (or by semicolons ' +
    `or tabs, if the header is); empty cells are left out; the ids of a list stand in one cell, separated by ${LIST_SEPARATOR}`,
  read: readCsv,
};

async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<FileRecord> {
  const { delimiter, whole } = await findDelimiter(source);
  const lines = new CsvLines();
  let header: { columns: number; read: RecordReader } | undefined;
  for await (const { line, cells } of readRecords(checked(whole, lines), lines, delimiter)) {
    if (header) {
      const record = toRecord(line, cells, header);
      if (record) yield record;
    } else header = { columns: cells.length, read: readHeader(cells) };
  }
  if (!header) throw new CommandError("the file is empty; begin it with a header of the kind's field names.");
}

function toRecord(
  line: number,
  cells: readonly string[],
  { columns, read }: { columns: number; read: RecordReader },
): FileRecord | undefined {
  const fields = read(cells);
  if (fields === undefined) return undefined;
  if (cells.length === columns) return { line, json: Buffer.from(JSON.stringify(fields)) };
  const count = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  const message = `The record has ${count}, the header ${columns}; put quotes around cells that hold the separator.`;
  return { line, fault: { code: 'INVALID_CSV', message } };
}

/** The bytes as they are. Throws CommandError where they are not UTF-8: csv-parse would put question marks for letters. */
async function* checked(source: AsyncIterable<Buffer>, lines: CsvLines): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const block of source) {
    try {
      decoder.decode(block, { stream: true });
    } catch (cause) {
      throw notUtf8(line + linesBeforeFault(block), cause);
    }
    line += countNewlines(block);
    lines.add(block);
    yield block;
  }
}

/** The first line may begin, and the last one end, in the middle of a letter: they prove nothing. */
function linesBeforeFault(block: Buffer): number {
  const pieces = block.toString('latin1').split('\n').slice(0, -1);
  const faulty = pieces.findIndex((piece, index) => index > 0 && !isUtf8(Buffer.from(piece, 'latin1')));
  return Math.max(faulty, 0);
}

function notUtf8(line: number, cause: unknown): CommandError {
  return new CommandError(`the file is not UTF-8, near its line ${line}; save it as "CSV UTF-8".`, { cause });
}
