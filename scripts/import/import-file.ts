import { CommandError } from '../command-line/command-error.ts';
import type { Format, LocalClocks } from './format.ts';
import type { ImportTally } from './import-tally.ts';
import { IngestClient, type IngestTarget } from './ingest-client.ts';
import { RequestLines } from './request-lines.ts';
import { cutRequests, encodeRecords, REQUEST_LIMITS, type RequestLimits } from './requests.ts';
import type { SourceFile } from './source-file.ts';

export interface ImportOptions {
  source: SourceFile;
  format: Format;
  /** Of formats with local times. */
  clocks?: LocalClocks;
  target: IngestTarget;
  /** Takes the answers; where the import fails it holds what was acknowledged before. */
  tally: ImportTally;
  /** Told after every acknowledged request, or as the file is read where all of it is one request. */
  onProgress(): void;
  limits?: RequestLimits;
}

/**
 * Sends a file through the public ingest: in requests of some size, each sent again where it gets lost, or in a single one
 * where all lines or none are to be kept. Throws CommandError where it cannot go on.
 */
export async function importFile(options: ImportOptions): Promise<void> {
  const client = new IngestClient(options.target);
  // Kind, token and company are checked before anything is read: standard input can be read only once.
  await client.send({ open: () => [], repeatable: true });
  if (options.target.atomic) await sendWhole(client, options);
  else await sendInParts(client, options);
}

async function sendInParts(
  client: IngestClient,
  { source, format, clocks, tally, onProgress, limits }: ImportOptions,
): Promise<void> {
  for await (const { lines, body } of cutRequests(format.read(source.open(), clocks), limits ?? REQUEST_LIMITS)) {
    const answer = await client.send({ open: () => body, repeatable: true });
    tally.add(answer, lines);
    checkCount(answer.received, lines);
    onProgress();
  }
}

async function sendWhole(
  client: IngestClient,
  { source, format, clocks, tally, onProgress }: ImportOptions,
): Promise<void> {
  let lines = new RequestLines();
  const answer = await client.send({
    repeatable: source.repeatable,
    open() {
      lines = new RequestLines();
      return told(encodeRecords(format.read(source.open(), clocks), lines), onProgress);
    },
  });
  tally.add(answer, lines);
  checkCount(answer.received, lines);
}

async function* told(pieces: AsyncIterable<Buffer>, onProgress: () => void): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    yield piece;
    onProgress();
  }
}

function checkCount(received: number, { count }: RequestLines): void {
  if (received === count) return;
  throw new CommandError(
    `the service counted ${received} lines of a request that held ${count}; send the file again, and report this where it happens twice.`,
  );
}
