import { DEMO_SCENARIO, type DemoScenario, streamOptions } from './scenario.ts';
import { type IngestTarget, type LineBatch, sendLines } from './send-lines.ts';

export interface LoadDemoOptions extends IngestTarget {
  /** The present of the demo, epoch milliseconds, cut to the whole minute: the history ends here. */
  now: number;
  /** Told after every request: lines acknowledged so far and altogether, over all kinds, and the kind just sent. */
  onProgress?(done: number, total: number, kind: string): void;
  scenario?: DemoScenario;
  /** Most lines of one request: few enough that progress is real and sending again is cheap. */
  linesPerRequest?: number;
}

const LINES_PER_REQUEST = 20_000;
const LINES_PER_CHUNK = 500;

/**
 * Sends the demo company's history through the public ingest and returns the number of lines. Sending it again, with the
 * same or a later `now`, changes nothing that is there already. The company must be registered. Throws at the first line
 * that is rejected.
 */
export async function loadDemo(options: LoadDemoOptions): Promise<{ lines: number }> {
  const { now, onProgress, scenario = DEMO_SCENARIO, linesPerRequest = LINES_PER_REQUEST } = options;
  const span = streamOptions(scenario, now);
  // Made twice, once to count: cheaper than keeping every line of every kind.
  const total = scenario.streams.reduce((sum, stream) => sum + count(stream.lines(span)), 0);
  let done = 0;
  for (const { kind, lines } of scenario.streams) {
    for (const batch of batches(lines(span), linesPerRequest)) {
      options.signal?.throwIfAborted();
      await sendLines(kind, batch, options);
      done += batch.lines;
      onProgress?.(done, total, kind);
    }
  }
  return { lines: done };
}

/** Cuts lines into requests, each encoded as NDJSON in chunks of some 100 KB. */
function* batches(lines: Iterable<object>, linesPerRequest: number): Generator<LineBatch> {
  let chunks: Uint8Array[] = [];
  let texts: string[] = [];
  let held = 0;
  const closeChunk = () => {
    if (texts.length > 0) chunks.push(Buffer.from(`${texts.join('\n')}\n`));
    texts = [];
  };
  for (const line of lines) {
    texts.push(JSON.stringify(line));
    held++;
    if (texts.length === LINES_PER_CHUNK) closeChunk();
    if (held < linesPerRequest) continue;
    closeChunk();
    yield { lines: held, chunks };
    chunks = [];
    held = 0;
  }
  closeChunk();
  if (held > 0) yield { lines: held, chunks };
}

function count(lines: Iterable<object>): number {
  let counted = 0;
  for (const _line of lines) counted++;
  return counted;
}
