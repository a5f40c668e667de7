import type { JsonObject } from './fields.ts';
import type { LineError, LineFault } from './line-fault.ts';
import type { Receipt } from './time-fields.ts';

/** What became of a line that was not rejected. `waiting`: kept, and counted once its dialogue arrives. */
export type LineOutcome = 'inserted' | 'updated' | 'unchanged' | 'waiting';

/** What one kind of event knows about its lines. */
export interface IngestKind<Line> {
  /** Name of the kind in the address, such as `messages`. */
  readonly kind: string;
  /**
   * Checks and types one line.
   * @throws LineFault where the line is to be rejected; any other error ends the request
   */
  parse(json: JsonObject, receipt: Receipt): Line;
  /** What identifies the event within company and kind. Atomic requests are applied in its order. */
  key(line: Line): string;
  /** Whether the line is in the answer's counts; all are by default. A line that another subgraph counts is only stored. */
  isCounted?(line: Line): boolean;
}

/** Stores lines and says, in their order, what became of each. A LineFault rejects its line and leaves the others. */
export type StoreLines<Line> = (lines: readonly Line[]) => Promise<readonly (LineOutcome | LineFault)[]>;

/** The database work of one kind, for one company. */
export interface BatchStore<Line> {
  /** Stores the lines in one transaction and commits it. */
  readonly store: StoreLines<Line>;
  /**
   * Opens one transaction and calls `work`, which stores any number of batches in it, one after another, and says
   * whether to commit. Rolls back where it says false or throws, and passes the error on. May call `work` again, from
   * the beginning, where the database asks for a retry.
   */
  storeAll(work: (store: StoreLines<Line>) => Promise<boolean>): Promise<void>;
}

/** The answer to a request. `received` is the sum of the other five counts; blank lines are in none of them. */
export interface IngestAnswer {
  readonly received: number;
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly waiting: number;
  readonly rejected: number;
  /** The first 100 rejected lines, in their order. */
  readonly errors: readonly LineError[];
}

export interface IngestOptions {
  /** When the request arrived, epoch ms. */
  readonly now: number;
  /** All lines or none. */
  readonly atomic: boolean;
  /** Most lines stored in one transaction; 5,000 by default. */
  readonly batchLines?: number;
  /** Most lines of an atomic request; 1,000,000 by default. */
  readonly maxAtomicLines?: number;
  /** Most bytes of an atomic request once unpacked; 256 MiB by default. */
  readonly maxAtomicBytes?: number;
  /** The request's `Content-Encoding`: gzip, identity or none. */
  readonly contentEncoding?: string;
  /** Where an atomic request is staged; the system's folder for temporary files by default. */
  readonly tempDirectory?: string;
}

/** The options with nothing left open. */
export type IngestLimits = Required<Omit<IngestOptions, 'contentEncoding'>>;
