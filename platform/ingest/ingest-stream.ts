import { tmpdir } from 'node:os';
import { ServiceError } from '#platform/errors';
import { ingestAtomically } from './atomic-ingest.ts';
import { BrokenCompression, decodeContent } from './content-encoding.ts';
import type { BatchStore, IngestAnswer, IngestKind, IngestLimits, IngestOptions } from './ingest-kind.ts';
import { IngestTally } from './ingest-tally.ts';
import { gatherBatches, storeBatches } from './line-batch.ts';
import { parsedLines } from './parsed-lines.ts';

const BATCH_LINES = 5000;
const MAX_ATOMIC_LINES = 1_000_000;
const MAX_ATOMIC_BYTES = 256 * 1024 * 1024;

/**
 * Takes in a body of newline-delimited JSON, read as fast as it is stored and in constant memory. Bad lines are
 * rejected, the good ones kept; an atomic request keeps all or none. The body is no longer needed afterwards: where the
 * work ends early, its iterator is told so and a stream is destroyed. To answer over the same connection, hand over
 * `request.iterator({ destroyOnReturn: false })` and not the request.
 * @returns HTTP status and answer: 200 once everything kept is committed, 422 where an atomic request was refused
 * @throws ServiceError BAD_USER_INPUT (no NDJSON, broken gzip), UNSUPPORTED_MEDIA_TYPE (encoding), PAYLOAD_TOO_LARGE
 *   (atomic only); errors of the store and of the body's stream as they are
 */
export async function ingestStream<Line>(
  kind: IngestKind<Line>,
  source: AsyncIterable<Uint8Array>,
  store: BatchStore<Line>,
  options: IngestOptions,
): Promise<{ status: number; answer: IngestAnswer }> {
  const chunks = decodeContent(source, options.contentEncoding);
  const limits = withDefaults(options);
  const tally = new IngestTally();
  try {
    if (limits.atomic) return await ingestAtomically(kind, chunks, store, limits);
    await ingestInBatches(kind, chunks, store, limits, tally);
    return { status: 200, answer: tally.answer() };
  } catch (error) {
    destroy(source);
    throw error instanceof BrokenCompression ? brokenBody(error, tally.kept) : error;
  }
}

async function ingestInBatches<Line>(
  kind: IngestKind<Line>,
  chunks: AsyncIterable<Uint8Array>,
  store: BatchStore<Line>,
  limits: IngestLimits,
  tally: IngestTally,
): Promise<void> {
  const batches = gatherBatches(parsedLines(kind, chunks, limits), tally, limits.batchLines);
  try {
    await storeBatches(batches, (lines) => store.store(lines), tally, kind.isCounted);
  } catch (error) {
    // Not waited for: a sender that has stopped sending would hold the error back.
    batches.return(undefined).catch(() => {});
    throw error;
  }
}

function withDefaults(options: IngestOptions): IngestLimits {
  return {
    now: options.now,
    atomic: options.atomic,
    batchLines: options.batchLines ?? BATCH_LINES,
    maxAtomicLines: options.maxAtomicLines ?? MAX_ATOMIC_LINES,
    maxAtomicBytes: options.maxAtomicBytes ?? MAX_ATOMIC_BYTES,
    tempDirectory: options.tempDirectory ?? tmpdir(),
  };
}

function destroy(source: AsyncIterable<Uint8Array>): void {
  if ('destroy' in source && typeof source.destroy === 'function') source.destroy();
}

function brokenBody(error: BrokenCompression, kept: number): ServiceError {
  const message =
    `body: the gzip stream is broken (${error.message}); ${kept.toLocaleString('en-US')} lines before it were kept. ` +
    'Send the whole body again: lines that were kept count as unchanged.';
  return new ServiceError('BAD_USER_INPUT', message, { field: ['body'], cause: error });
}
