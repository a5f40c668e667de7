import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream';
import { CsvError, type InfoRecord, type Parser, parse } from 'csv-parse';
import { CommandError } from '../command-line/command-error.ts';
import { findDelimiter, type RecordReader, readHeader } from './csv-header.ts';
import { CsvLines, countNewlines } from './csv-lines.ts';
import { LIST_SEPARATOR } from './field-types.ts';
import type { FileRecord, Format } from './format.ts';

/** Longest record in characters; what is longer has a quote that is never closed. */
const MAX_RECORD_CHARACTERS = 1_048_576;

/** Comma-separated values of RFC 4180 whose first line names the fields of the kind. */
export const csv: Format = {
  name: 'csv',
  description:
    'a header with the field names of the kind and one record a line, in UTF-8, separated by commas (or by semicolons ' +
    `or tabs, if the header is); empty cells are left out; the ids of a list stand in one cell, separated by ${LIST_SEPARATOR}`,
  read: readCsv,
};

interface CsvRecord {
  line: number;
  cells: string[];
}

async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<FileRecord> {
  const { delimiter, whole } = await findDelimiter(source);
  const lines = new CsvLines();
  const parser = csvParser(delimiter, lines);
  // An error on either side destroys the other; it comes out where the parser is read.
  pipeline(checked(whole, lines), parser, () => {});
  let header: { columns: number; read: RecordReader } | undefined;
  try {
    for await (const { line, cells } of parser as AsyncIterable<CsvRecord>) {
      if (header) {
        const record = toRecord(line, cells, header);
        if (record) yield record;
      } else header = { columns: cells.length, read: readHeader(cells) };
    }
  } catch (error) {
    throw error instanceof CsvError ? broken(error, lines.startOfNext()) : error;
  }
  if (!header) throw new CommandError("the file is empty; begin it with a header of the kind's field names.");
}

function csvParser(delimiter: string, lines: CsvLines): Parser {
  const withLine = (cells: string[], { bytes }: InfoRecord): CsvRecord => ({ line: lines.startOfRecord(bytes), cells });
  return parse({
    delimiter,
    bom: true,
    // Both, as files that were put together have both.
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    relax_column_count: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    // The package's type knows other records only together with columns.
    on_record: withLine as never,
  });
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

function broken({ code }: CsvError, line: number): CommandError {
  const remedies: Record<string, string> = {
    CSV_MAX_RECORD_SIZE: 'is longer than 1 MiB; close its last quote',
    CSV_QUOTE_NOT_CLOSED: 'has a quote that is never closed; close it',
  };
  const fault =
    remedies[code] ?? 'has a quote in the middle of a cell; put quotes around the cell and double those in it';
  return new CommandError(`the record that begins on line ${line} of the file ${fault}.`);
}
