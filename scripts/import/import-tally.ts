import type { IngestAnswer } from '#platform/ingest';
import type { FileError, RequestLines } from './request-lines.ts';

const MAX_LISTED = 100;
const OUTCOMES = ['inserted', 'updated', 'unchanged', 'waiting', 'rejected'] as const;

/** The answers to all requests of an import, put together. */
export class ImportTally {
  private readonly counts = { received: 0, inserted: 0, updated: 0, unchanged: 0, waiting: 0, rejected: 0 };
  private readonly listed: FileError[] = [];

  get received(): number {
    return this.counts.received;
  }

  get rejected(): number {
    return this.counts.rejected;
  }

  add(answer: IngestAnswer, lines: RequestLines): void {
    this.counts.received += answer.received;
    for (const outcome of OUTCOMES) this.counts[outcome] += answer[outcome];
    this.listed.push(...lines.translate(answer.errors).slice(0, MAX_LISTED - this.listed.length));
  }

  /** The counts by the names of the HTTP answer, then the first rejected lines, then how many more there are. */
  text(): string {
    const counts = Object.entries(this.counts).map(([name, count]) => `${name.padEnd(9)}  ${count}`);
    const errors = this.listed.map(({ line, code, message }) => `line ${line}: ${code}: ${message}`);
    const more = this.rejected - this.listed.length;
    const rest = more > 0 ? [`${more} more ${more === 1 ? 'line was' : 'lines were'} rejected.`] : [];
    return [...counts, ...errors, ...rest, ''].join('\n');
  }
}
