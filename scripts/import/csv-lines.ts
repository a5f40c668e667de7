const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Tells on which line of the file a record begins. csv-parse knows only on which one it ends, and counts a CRLF inside
 * quotes twice. Keeps the bytes between the one who reads the file and the parser, and no more.
 */
export class CsvLines {
  /** Bytes that were read and not passed over yet. */
  private blocks: Buffer[] = [];
  /** Place in the file of the first byte of `blocks`. */
  private position = 0;
  private line = 1;

  /** Takes the next bytes of the file, before the parser gets them. */
  add(block: Buffer): void {
    this.blocks.push(block);
  }

  /** The line on which the record begins that ends before the byte `end` of the file. Records come in their order. */
  startOfRecord(end: number): number {
    const line = this.startOfNext();
    this.passOver(end - this.position);
    return line;
  }

  /** The line on which the record begins that has not ended yet. */
  startOfNext(): number {
    for (;;) {
      const byte = this.blocks[0]?.[0];
      if (byte !== NEWLINE && byte !== CARRIAGE_RETURN) return this.line;
      this.passOver(1);
    }
  }

  private passOver(bytes: number): void {
    let left = bytes;
    while (left > 0) {
      const [block] = this.blocks;
      if (!block) throw new Error(`${left} bytes are passed over that were never read`);
      const passed = block.subarray(0, left);
      this.line += countNewlines(passed);
      this.position += passed.length;
      left -= passed.length;
      if (passed.length === block.length) this.blocks.shift();
      else this.blocks[0] = block.subarray(passed.length);
    }
  }
}

/** How many line ends there are. */
export function countNewlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
