import { isUtf8 } from 'node:buffer';
import { LineFault } from './line-fault.ts';

/** Longest line in bytes of UTF-8, without its end. */
export const MAX_LINE_BYTES = 65_536;

/** A line that is not blank. Its bytes are UTF-8 without line end and byte order mark, and share memory with the chunk. */
export interface ReadLine {
  /** Physical line, from 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly fault?: undefined;
}

/** A line that cannot be read: LINE_TOO_LONG or INVALID_ENCODING. */
export interface UnreadableLine {
  readonly number: number;
  readonly fault: LineFault;
  /** The first byte that is not blank: all that is kept of the line. */
  readonly opening: number;
}

export type RawLine = ReadLine | UnreadableLine;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Whatever is longer is too long even where it has a byte order mark before it and CR behind it. */
const MAX_KEPT_BYTES = MAX_LINE_BYTES + BYTE_ORDER_MARK.length + 1;
const WINDOW_BYTES = 65_536;

/**
 * Cuts a stream of bytes into lines, as far as it is asked to, in constant memory. Blank lines are left out but
 * numbered; LF and CRLF end a line, the last one needs no end; a byte order mark before the first line is dropped.
 * @returns batches of the lines that ended in the same 64 KiB; never an empty one
 */
export async function* readLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly RawLine[]> {
  const cutter = new LineCutter();
  for await (const chunk of source) {
    for (let start = 0; start < chunk.length; start += WINDOW_BYTES) {
      const length = Math.min(WINDOW_BYTES, chunk.length - start);
      const lines = cutter.cut(Buffer.from(chunk.buffer, chunk.byteOffset + start, length));
      if (lines.length > 0) yield lines;
    }
  }
  const last = cutter.end();
  if (last.length > 0) yield last;
}

/** Keeps the beginning of a line whose end has not come yet. */
class LineCutter {
  private number = 0;
  private pieces: Buffer[] = [];
  private keptBytes = 0;
  /** Set while a line is too long to be kept: its first byte that is not blank, or -1 before there is one. */
  private overlong: number | undefined;
  private lines: RawLine[] = [];

  cut(window: Buffer): RawLine[] {
    let end = window.indexOf(NEWLINE);
    if (end === -1) {
      this.keep(window);
      return [];
    }
    this.endLine(window.subarray(0, end));
    // One check for all lines that lie wholly in the window is several times faster than one a line.
    const whole = isUtf8(window.subarray(end + 1, window.lastIndexOf(NEWLINE) + 1));
    let start = end + 1;
    for (end = window.indexOf(NEWLINE, start); end !== -1; end = window.indexOf(NEWLINE, start)) {
      this.accept(window.subarray(start, end), whole);
      start = end + 1;
    }
    this.keep(window.subarray(start));
    return this.taken();
  }

  end(): RawLine[] {
    this.endLine(Buffer.alloc(0));
    return this.taken();
  }

  private taken(): RawLine[] {
    const lines = this.lines;
    this.lines = [];
    return lines;
  }

  private keep(piece: Buffer): void {
    if (piece.length === 0) return;
    if (this.overlong !== undefined) {
      if (this.overlong === -1) this.overlong = firstNotBlank(piece);
      return;
    }
    this.pieces.push(piece);
    this.keptBytes += piece.length;
    if (this.keptBytes > MAX_KEPT_BYTES) this.overlong = firstNotBlank(this.kept());
  }

  private kept(): Buffer {
    const [first] = this.pieces;
    const bytes = this.pieces.length === 1 && first ? first : Buffer.concat(this.pieces);
    this.pieces = [];
    this.keptBytes = 0;
    return this.number === 0 ? withoutByteOrderMark(bytes) : bytes;
  }

  /** Ends the line that was being kept, with its last piece. */
  private endLine(piece: Buffer): void {
    this.keep(piece);
    const { overlong } = this;
    this.overlong = undefined;
    if (overlong === undefined) {
      this.accept(this.kept(), false);
      return;
    }
    this.number += 1;
    if (overlong !== -1) this.lines.push(tooLong(this.number, overlong));
  }

  /** Takes a complete line; `checked` where it is known to be UTF-8. */
  private accept(line: Buffer, checked: boolean): void {
    this.number += 1;
    const bytes = line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
    const opening = firstNotBlank(bytes);
    if (opening === -1) return;
    if (bytes.length > MAX_LINE_BYTES) this.lines.push(tooLong(this.number, opening));
    else if (checked || isUtf8(bytes)) this.lines.push({ number: this.number, bytes });
    else this.lines.push(notUtf8(this.number, opening));
  }
}

function tooLong(number: number, opening: number): UnreadableLine {
  const limit = MAX_LINE_BYTES.toLocaleString('en-US');
  const message = `The line has more than ${limit} bytes; shorten its texts, or leave out fields that are not needed.`;
  return { number, opening, fault: new LineFault('LINE_TOO_LONG', message) };
}

function notUtf8(number: number, opening: number): UnreadableLine {
  const message = 'The line holds bytes that are not UTF-8; write the file in UTF-8.';
  return { number, opening, fault: new LineFault('INVALID_ENCODING', message) };
}

function withoutByteOrderMark(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, BYTE_ORDER_MARK.length);
  return head.equals(BYTE_ORDER_MARK) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
}

/** The first byte that JSON does not skip between values, or -1. */
function firstNotBlank(bytes: Buffer): number {
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (byte !== 0x20 && byte !== 0x09 && byte !== CARRIAGE_RETURN) return byte;
  }
  return -1;
}
