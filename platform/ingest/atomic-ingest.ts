import { ServiceError } from '#platform/errors';
import { AtomicStaging } from './atomic-staging.ts';
import type { BatchStore, IngestAnswer, IngestKind, IngestLimits } from './ingest-kind.ts';
import { IngestTally } from './ingest-tally.ts';
import { type LineBatch, storeBatches } from './line-batch.ts';
import { parseLine } from './parse-line.ts';
import { parsedLines } from './parsed-lines.ts';

/**
 * Takes in all lines of a body or none: checks and stages every line, then applies them in key order in one transaction.
 * @returns status 200, or 422 with nothing stored where any line is at fault
 * @throws ServiceError PAYLOAD_TOO_LARGE beyond the limits, BAD_USER_INPUT for a body that is no NDJSON
 */
export async function ingestAtomically<Line>(
  kind: IngestKind<Line>,
  chunks: AsyncIterable<Uint8Array>,
  store: BatchStore<Line>,
  limits: IngestLimits,
): Promise<{ status: number; answer: IngestAnswer }> {
  const staging = await AtomicStaging.open(limits.tempDirectory);
  try {
    const { received, checked } = await stage(kind, chunks, staging, limits);
    if (checked.rejected > 0) return { status: 422, answer: checked.refusal(received) };
    if (received === 0) return { status: 200, answer: checked.answer() };
    const stored = await apply(kind, staging, store, limits);
    if (stored.rejected > 0) return { status: 422, answer: stored.refusal(received) };
    return { status: 200, answer: stored.answer() };
  } finally {
    await staging.remove();
  }
}

async function stage<Line>(
  kind: IngestKind<Line>,
  chunks: AsyncIterable<Uint8Array>,
  staging: AtomicStaging,
  limits: IngestLimits,
): Promise<{ received: number; checked: IngestTally }> {
  const checked = new IngestTally();
  let received = 0;
  for await (const lines of parsedLines(kind, withinBytes(chunks, limits.maxAtomicBytes), limits)) {
    received += lines.length;
    if (received > limits.maxAtomicLines) throw tooLarge(limits.maxAtomicLines, 'lines');
    for (const next of lines) {
      if (next.fault) checked.count(next.number, next.fault);
      // After a fault nothing will be stored; the rest is only checked.
      else if (checked.rejected === 0) await staging.add(kind.key(next.line), next.number, next.bytes);
    }
  }
  return { received, checked };
}

async function apply<Line>(
  kind: IngestKind<Line>,
  staging: AtomicStaging,
  store: BatchStore<Line>,
  limits: IngestLimits,
): Promise<IngestTally> {
  let tally = new IngestTally();
  await store.storeAll(async (storeLines) => {
    // A transaction that is tried again counts again from the beginning.
    tally = new IngestTally();
    const batches = stagedBatches(kind, staging, limits);
    try {
      await storeBatches(batches, storeLines, tally);
    } finally {
      await batches.return(undefined);
    }
    return tally.rejected === 0;
  });
  return tally;
}

async function* stagedBatches<Line>(
  kind: IngestKind<Line>,
  staging: AtomicStaging,
  limits: IngestLimits,
): AsyncGenerator<LineBatch<Line>> {
  for await (const staged of staging.batches(limits.batchLines)) {
    const numbers = staged.map(({ number }) => number);
    yield { numbers, lines: staged.map(({ bytes }) => parseLine(kind, bytes, limits)) };
  }
}

async function* withinBytes(chunks: AsyncIterable<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > max) throw tooLarge(max, 'bytes');
    yield chunk;
  }
}

function tooLarge(max: number, unit: string): ServiceError {
  const figure = `${max.toLocaleString('en-US')} ${unit}`;
  const message = `An atomic request takes at most ${figure}, and this one has more; nothing was stored.`;
  return new ServiceError('PAYLOAD_TOO_LARGE', `${message} Send it in parts, or without atomic=true.`);
}
