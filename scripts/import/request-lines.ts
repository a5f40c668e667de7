import type { IngestAnswer } from '#platform/ingest';
import type { FileRecord, RecordFault } from './format.ts';
import { isJsonObject } from './ndjson-format.ts';

/** An object that no kind of events accepts: it holds the place of a record that has a fault of its own. */
const PLACEHOLDER = Buffer.from('{}');
const NO_OBJECT: RecordFault = {
  code: 'INVALID_JSON',
  message: 'The line is not a JSON object; write one complete JSON object a line.',
};

/** A rejected line as it is shown, with its line in the file. */
export interface FileError {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/**
 * Remembers which line of the file each line of a request came from. A record with a fault is sent as a placeholder that the
 * service rejects and counts, so that the counts and all-or-nothing are its work alone.
 */
export class RequestLines {
  private readonly fileLines: number[] = [];
  private readonly faults = new Map<number, RecordFault>();

  get count(): number {
    return this.fileLines.length;
  }

  /** Takes a record as the next line of the request, and gives what to send for it. */
  add(record: FileRecord): Buffer {
    const isFirst = this.fileLines.push(record.line) === 1;
    if (!record.fault) {
      // A request that does not begin with an object is refused whole; in the middle of a file only its line would be.
      if (!isFirst || isJsonObject(record.json)) return record.json;
    }
    this.faults.set(this.count, record.fault ?? NO_OBJECT);
    return PLACEHOLDER;
  }

  /** The errors of the answer, as they are in the file. */
  translate(errors: IngestAnswer['errors']): FileError[] {
    return errors.map(({ line, code, message }) => {
      const fault = this.faults.get(line);
      return { line: this.fileLines[line - 1] ?? 0, code: fault?.code ?? code, message: fault?.message ?? message };
    });
  }
}
