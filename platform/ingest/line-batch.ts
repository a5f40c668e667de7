import type { StoreLines } from './ingest-kind.ts';
import type { IngestTally } from './ingest-tally.ts';
import type { ParsedLine } from './parsed-lines.ts';

/** Lines that are stored together. */
export interface LineBatch<Line> {
  /** Physical line of each, aligned with `lines`. */
  readonly numbers: readonly number[];
  readonly lines: readonly Line[];
}

/** A batch of long lines is stored before it has all its lines, so that memory does not depend on their length. */
export const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/** Gathers good lines into batches of at most `batchLines` lines and about 8 MiB; counts bad ones. */
export async function* gatherBatches<Line>(
  parsed: AsyncIterable<readonly ParsedLine<Line>[]>,
  tally: IngestTally,
  batchLines: number,
): AsyncGenerator<LineBatch<Line>> {
  let batch = { numbers: [] as number[], lines: [] as Line[], bytes: 0 };
  for await (const some of parsed) {
    for (const next of some) {
      if (next.fault) {
        tally.count(next.number, next.fault);
        continue;
      }
      batch.numbers.push(next.number);
      batch.lines.push(next.line);
      batch.bytes += next.bytes.length;
      if (batch.lines.length >= batchLines || batch.bytes >= MAX_BATCH_BYTES) {
        yield batch;
        batch = { numbers: [], lines: [], bytes: 0 };
      }
    }
  }
  if (batch.lines.length > 0) yield batch;
}

/**
 * Stores batches one after another; while one is stored, the next one is read, and no more than that. Ends as soon as
 * storing fails, even where the next batch does not come; a batch that is being stored is always waited for.
 */
export async function storeBatches<Line>(
  batches: AsyncIterator<LineBatch<Line>>,
  store: StoreLines<Line>,
  tally: IngestTally,
  isCounted: (line: Line) => boolean = () => true,
): Promise<void> {
  let storing: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const next = batches.next();
      await Promise.race([next, storing.then(() => next)]);
      const { done, value } = await next;
      await storing;
      if (done) return;
      storing = storeBatch(value, store, tally, isCounted);
    }
  } catch (error) {
    // Where storing failed too, that is the error to know about.
    await storing;
    throw error;
  }
}

async function storeBatch<Line>(
  batch: LineBatch<Line>,
  store: StoreLines<Line>,
  tally: IngestTally,
  isCounted: (line: Line) => boolean,
): Promise<void> {
  const outcomes = await store(batch.lines);
  if (outcomes.length !== batch.lines.length) {
    throw new Error(`${batch.lines.length} lines were stored with ${outcomes.length} outcomes`);
  }
  for (const [i, outcome] of outcomes.entries()) {
    if (isCounted(batch.lines[i] as Line)) tally.count(batch.numbers[i] as number, outcome);
  }
}
