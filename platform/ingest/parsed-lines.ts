import { setImmediate as nextTurn } from 'node:timers/promises';
import { badInput } from '#platform/errors';
import type { IngestKind } from './ingest-kind.ts';
import { LineFault } from './line-fault.ts';
import { type RawLine, readLines } from './line-reader.ts';
import { looksLikeObject, parseLine } from './parse-line.ts';
import type { Receipt } from './time-fields.ts';

/** A line that passed every check that needs no database. */
export interface GoodLine<Line> {
  readonly number: number;
  readonly line: Line;
  /** The line as it came. */
  readonly bytes: Buffer;
  readonly fault?: undefined;
}

/** A line that did not. */
export interface BadLine {
  readonly number: number;
  readonly fault: LineFault;
}

export type ParsedLine<Line> = GoodLine<Line> | BadLine;

const TURN_LINES = 1000;

/**
 * Reads and checks the lines of a body, as far as it is asked to. Between its batches (the lines of 64 KiB, at most
 * 1,000 of them) the event loop takes a turn, so that a fast sender does not keep others waiting.
 * @throws ServiceError BAD_USER_INPUT where the first line that is not blank is no JSON object
 */
export async function* parsedLines<Line>(
  kind: IngestKind<Line>,
  chunks: AsyncIterable<Uint8Array>,
  receipt: Receipt,
): AsyncGenerator<readonly ParsedLine<Line>[]> {
  let first = true;
  for await (const lines of readLines(chunks)) {
    if (first) checkFirst(lines[0]);
    first = false;
    for (let start = 0; start < lines.length; start += TURN_LINES) {
      yield lines.slice(start, start + TURN_LINES).map((raw) => parsedLine(kind, raw, receipt));
      await nextTurn();
    }
  }
}

function checkFirst(raw: RawLine | undefined): void {
  if (!raw || looksLikeObject(raw)) return;
  const problem = `line ${raw.number} is not a JSON object, so nothing was read`;
  throw badInput(['body'], `${problem}; send newline-delimited JSON (NDJSON), one object a line.`);
}

function parsedLine<Line>(kind: IngestKind<Line>, raw: RawLine, receipt: Receipt): ParsedLine<Line> {
  if (raw.fault) return raw;
  const { number, bytes } = raw;
  try {
    return { number, bytes, line: parseLine(kind, bytes, receipt) };
  } catch (error) {
    if (error instanceof LineFault) return { number, fault: error };
    throw error;
  }
}
