import { pipeline } from 'node:stream';
import { CsvError, type InfoRecord, type Parser, parse } from 'csv-parse';
import { CommandError } from '../command-line/command-error.ts';
import type { CsvLines } from './csv-lines.ts';

/** Longest record in characters; what is longer has a quote that is never closed. */
const MAX_RECORD_CHARACTERS = 1_048_576;

/** The cells of one record, and the line of the file on which it begins. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/**
 * Cuts comma-separated values of RFC 4180 into records, blank lines left out, whatever number of cells they have.
 * @param source blocks of the file, each of which `lines` has got before
 * Throws CommandError where quotes make it impossible to read on.
 */
export async function* readRecords(
  source: AsyncIterable<Buffer>,
  lines: CsvLines,
  delimiter: string,
): AsyncGenerator<CsvRecord> {
  const parser = csvParser(delimiter, lines);
  // An error on either side destroys the other; it comes out where the parser is read.
  pipeline(source, parser, () => {});
  try {
    yield* parser as AsyncIterable<CsvRecord>;
  } catch (error) {
    throw error instanceof CsvError ? broken(error, lines.startOfNext()) : error;
  }
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

function broken({ code }: CsvError, line: number): CommandError {
  const remedies: Record<string, string> = {
    CSV_MAX_RECORD_SIZE: 'is longer than 1 MiB; close its last quote',
    CSV_QUOTE_NOT_CLOSED: 'has a quote that is never closed; close it',
  };
  const fault =
    remedies[code] ?? 'has a quote in the middle of a cell; put quotes around the cell and double those in it';
  return new CommandError(`the record that begins on line ${line} of the file ${fault}.`);
}
