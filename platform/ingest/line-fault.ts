/** Why a line was rejected. */
export type LineFaultCode =
  /** The line is not one complete JSON object. */
  | 'INVALID_JSON'
  /** A field holds a value that it must not hold. */
  | 'INVALID_FIELD'
  /** A required field is absent or null. */
  | 'MISSING_FIELD'
  /** The line has more than 64 KiB. */
  | 'LINE_TOO_LONG'
  /** The line is not UTF-8. */
  | 'INVALID_ENCODING'
  /** The line contradicts a value that is known and never changes. */
  | 'IMMUTABLE_FIELD'
  /** The event lies before what the company's retention keeps. */
  | 'TOO_OLD';

/** A rejected line as the answer lists it. */
export interface LineError {
  /** Physical line of the request, from 1; blank lines are counted here. */
  readonly line: number;
  readonly code: LineFaultCode;
  readonly field?: string;
  readonly message: string;
}

/**
 * One line is at fault; the other lines of the request are not touched. The message names the value, what is wrong with
 * it and what to send instead, and never repeats what people wrote (`text`, `template`).
 */
export class LineFault extends Error {
  readonly code: LineFaultCode;
  readonly field: string | undefined;

  constructor(code: LineFaultCode, message: string, field?: string) {
    super(message);
    this.name = 'LineFault';
    this.code = code;
    this.field = field;
  }

  /** The fault as the answer lists it. */
  at(line: number): LineError {
    const { code, field, message } = this;
    return field === undefined ? { line, code, message } : { line, code, field, message };
  }
}
