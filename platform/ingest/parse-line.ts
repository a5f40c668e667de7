import type { JsonObject } from './fields.ts';
import type { IngestKind } from './ingest-kind.ts';
import { LineFault } from './line-fault.ts';
import type { RawLine } from './line-reader.ts';
import type { Receipt } from './time-fields.ts';

const OPENING_BRACE = 0x7b;
const REMEDY = 'write one complete JSON object a line';

/**
 * One line as its kind understands it.
 * @throws LineFault where the line is to be rejected
 */
export function parseLine<Line>(kind: IngestKind<Line>, bytes: Buffer, receipt: Receipt): Line {
  return kind.parse(parseObject(bytes), receipt);
}

/** Whether a line is a JSON object or, where it cannot be read, at least begins like one. */
export function looksLikeObject(raw: RawLine): boolean {
  if (raw.fault) return raw.opening === OPENING_BRACE;
  try {
    parseObject(raw.bytes);
    return true;
  } catch {
    return false;
  }
}

function parseObject(bytes: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch (error) {
    // The engine's own message quotes the line, which may hold what people wrote.
    const position = / at position (\d+)/.exec(String(error))?.[1];
    const place = position === undefined ? '' : ` at character ${Number(position) + 1}`;
    throw new LineFault('INVALID_JSON', `The line is not valid JSON${place}; ${REMEDY}.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new LineFault('INVALID_JSON', `The line is ${nameOf(value)}, not an object; ${REMEDY}.`);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a JSON list' : `a JSON ${typeof value}`;
}
