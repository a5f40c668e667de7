import type { IngestAnswer, LineOutcome } from './ingest-kind.ts';
import { type LineError, LineFault } from './line-fault.ts';

/** Most rejected lines that an answer lists. */
export const MAX_LISTED_ERRORS = 100;

/** Counts what became of the lines and keeps the first faults by line, in whatever order they come to light. */
export class IngestTally {
  private readonly counts: Record<LineOutcome, number> = { inserted: 0, updated: 0, unchanged: 0, waiting: 0 };
  private faults: LineError[] = [];
  private rejectedLines = 0;

  get rejected(): number {
    return this.rejectedLines;
  }

  /** Lines that were not rejected. */
  get kept(): number {
    return this.counts.inserted + this.counts.updated + this.counts.unchanged + this.counts.waiting;
  }

  count(line: number, outcome: LineOutcome | LineFault): void {
    if (outcome instanceof LineFault) this.reject(outcome.at(line));
    else this.counts[outcome] += 1;
  }

  answer(): IngestAnswer {
    const received = this.kept + this.rejected;
    return { received, ...this.counts, rejected: this.rejected, errors: this.listed() };
  }

  /** The answer to an atomic request that is at fault: every line of it is rejected, only those at fault are listed. */
  refusal(received: number): IngestAnswer {
    const nothing = { inserted: 0, updated: 0, unchanged: 0, waiting: 0 };
    return { received, ...nothing, rejected: received, errors: this.listed() };
  }

  private reject(error: LineError): void {
    this.rejectedLines += 1;
    this.faults.push(error);
    if (this.faults.length >= 2 * MAX_LISTED_ERRORS) this.faults = this.listed();
  }

  private listed(): LineError[] {
    return this.faults.toSorted((a, b) => a.line - b.line).slice(0, MAX_LISTED_ERRORS);
  }
}
