import type { FileRecord } from './format.ts';
import { RequestLines } from './request-lines.ts';

/** How much one request holds at most: few enough that progress is real and sending it again is cheap. */
export const REQUEST_LIMITS = { lines: 50_000, bytes: 16 * 1024 * 1024 } as const;

export type RequestLimits = Readonly<Record<keyof typeof REQUEST_LIMITS, number>>;

/** The lines of one request, encoded, kept until they are acknowledged. */
export interface RequestChunk {
  readonly lines: RequestLines;
  readonly body: readonly Buffer[];
}

const NEWLINE = Buffer.from('\n');
const PIECE_BYTES = 65_536;

/** Cuts records into requests, as they are asked for. */
export async function* cutRequests(
  records: AsyncIterable<FileRecord>,
  limits: RequestLimits,
): AsyncGenerator<RequestChunk> {
  let next = new GrowingChunk();
  for await (const record of records) {
    next.add(record);
    if (next.lines.count < limits.lines && next.bytes < limits.bytes) continue;
    yield next.end();
    next = new GrowingChunk();
  }
  if (next.lines.count > 0) yield next.end();
}

/** Encodes records as the body of one request, piece by piece. */
export async function* encodeRecords(records: AsyncIterable<FileRecord>, lines: RequestLines): AsyncGenerator<Buffer> {
  let piece = new Piece();
  for await (const record of records) {
    piece.add(lines.add(record));
    if (piece.bytes < PIECE_BYTES) continue;
    yield piece.end();
    piece = new Piece();
  }
  yield piece.end();
}

class GrowingChunk {
  readonly lines = new RequestLines();
  private readonly body: Buffer[] = [];
  private endedBytes = 0;
  private piece = new Piece();

  get bytes(): number {
    return this.endedBytes + this.piece.bytes;
  }

  add(record: FileRecord): void {
    this.piece.add(this.lines.add(record));
    if (this.piece.bytes >= PIECE_BYTES) this.endPiece();
  }

  end(): RequestChunk {
    this.endPiece();
    return { lines: this.lines, body: this.body };
  }

  private endPiece(): void {
    this.endedBytes += this.piece.bytes;
    this.body.push(this.piece.end());
    this.piece = new Piece();
  }
}

/** Lines put together to some 64 KiB, as one write a line would be slow. */
class Piece {
  bytes = 0;
  private readonly parts: Buffer[] = [];

  add(json: Buffer): void {
    this.parts.push(json, NEWLINE);
    this.bytes += json.length + NEWLINE.length;
  }

  end(): Buffer {
    return Buffer.concat(this.parts, this.bytes);
  }
}
