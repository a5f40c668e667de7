import { readLines } from '#platform/ingest';
import { CommandError } from '../command-line/command-error.ts';
import type { FileRecord, Format } from './format.ts';

const OPENING_BRACE = 0x7b;

/** One JSON object a line, as the service takes it. */
export const ndjson: Format = {
  name: 'ndjson',
  description: 'one JSON object a line, as POST /ingest takes it',
  read: readNdjson,
};

async function* readNdjson(source: AsyncIterable<Buffer>): AsyncGenerator<FileRecord> {
  let first = true;
  for await (const lines of readLines(source)) {
    for (const { number, ...line } of lines) {
      const isObject = line.fault ? line.opening === OPENING_BRACE : isJsonObject(line.bytes);
      // The first line tells whether this is the format at all; later ones are the service's to judge.
      if (first && !isObject) throw otherFormat(number);
      first = false;
      yield line.fault ? { line: number, fault: line.fault } : { line: number, json: line.bytes };
    }
  }
}

/** Whether a text is a JSON object: the first line of a request has to be one. */
export function isJsonObject(json: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(json.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function otherFormat(line: number): CommandError {
  return new CommandError(
    `line ${line} of the file is not a JSON object, so nothing was sent; write one object a line, or name the file's ` +
      'format with --format.',
  );
}
