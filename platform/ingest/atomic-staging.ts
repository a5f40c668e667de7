import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MAX_BATCH_BYTES } from './line-batch.ts';
import { mergeRuns } from './run-merge.ts';
import { compareText } from './text-order.ts';

/** A line taken back from the file. */
export interface StagedLine {
  readonly number: number;
  readonly bytes: Buffer;
}

const RUN_LINES = 8192;
const RUN_BYTES = 4 * 1024 * 1024;

/**
 * The lines of an atomic request, waiting in a private file until all of them have been checked; in memory are only
 * their keys, numbers and places. They are written in runs that are each in key order, so that a batch of the whole
 * order is read back with one read a run and not one a line.
 */
export class AtomicStaging {
  private readonly keys: string[] = [];
  private readonly numbers: number[] = [];
  /** Where each entry ends in the file; it begins where the one before it ends. */
  private readonly ends: number[] = [];
  /** The entry at which each run ends. */
  private readonly runEnds: number[] = [];
  private run: (StagedLine & { key: string })[] = [];
  private runBytes = 0;

  private constructor(
    private readonly directory: string,
    private readonly file: FileHandle,
  ) {}

  /** Makes a folder (mode 0700) in `parent` and the file in it. */
  static async open(parent: string): Promise<AtomicStaging> {
    const directory = await mkdtemp(join(parent, 'ingest-'));
    try {
      const path = join(directory, 'lines');
      const file = await open(path, 'wx+', 0o600);
      // Without a name the lines are gone with the process, even where it is killed.
      await rm(path);
      return new AtomicStaging(directory, file);
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** Adds a line; numbers must ascend. */
  async add(key: string, number: number, bytes: Buffer): Promise<void> {
    this.run.push({ key, number, bytes });
    this.runBytes += bytes.length;
    if (this.run.length >= RUN_LINES || this.runBytes >= RUN_BYTES) await this.writeRun();
  }

  /** Closes and removes the file. */
  async remove(): Promise<void> {
    try {
      await this.file.close();
    } finally {
      await rm(this.directory, { recursive: true, force: true });
    }
  }

  /** All lines by key (code points), those of one key in their order; at most `batchLines` and about 8 MiB at once. */
  async *batches(batchLines: number): AsyncGenerator<readonly StagedLine[]> {
    await this.writeRun();
    const order = await mergeRuns(this.runEnds, (a, b) => compareText(this.keys[a] as string, this.keys[b] as string));
    for (let start = 0; start < order.length; ) {
      let end = start;
      for (let bytes = 0; end < order.length && end - start < batchLines && bytes < MAX_BATCH_BYTES; end += 1) {
        bytes += this.lengthOf(order[end] as number);
      }
      yield await this.read(order.subarray(start, end));
      start = end;
    }
  }

  private async writeRun(): Promise<void> {
    if (this.run.length === 0) return;
    const run = this.run.sort((a, b) => compareText(a.key, b.key));
    this.run = [];
    this.runBytes = 0;
    for (const { key, number, bytes } of run) {
      this.keys.push(key);
      this.numbers.push(number);
      this.ends.push((this.ends.at(-1) ?? 0) + bytes.length);
    }
    this.runEnds.push(this.keys.length);
    await this.file.appendFile(Buffer.concat(run.map(({ bytes }) => bytes)));
    await nextTurn();
  }

  private async read(entries: Uint32Array): Promise<StagedLine[]> {
    const ascending = entries.toSorted();
    const bytesOf = new Map<number, Buffer>();
    const ranges = neighbours(ascending).map(async ([first, last]) => {
      const bytes = await this.readRange(this.startOf(first), this.ends[last] as number);
      for (let entry = first; entry <= last; entry += 1) {
        const start = this.startOf(entry) - this.startOf(first);
        bytesOf.set(entry, bytes.subarray(start, start + this.lengthOf(entry)));
      }
    });
    await Promise.all(ranges);
    return Array.from(entries, (entry) => ({
      number: this.numbers[entry] as number,
      bytes: bytesOf.get(entry) as Buffer,
    }));
  }

  private async readRange(start: number, end: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(end - start);
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await this.file.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0) throw new Error('the file of staged lines is shorter than it was written');
      filled += bytesRead;
    }
    return bytes;
  }

  private startOf(entry: number): number {
    return entry === 0 ? 0 : (this.ends[entry - 1] as number);
  }

  private lengthOf(entry: number): number {
    return (this.ends[entry] as number) - this.startOf(entry);
  }
}

/** The stretches of consecutive entries, as [first, last]. */
function neighbours(ascending: Uint32Array): [number, number][] {
  const ranges: [number, number][] = [];
  for (const entry of ascending) {
    const range = ranges.at(-1);
    if (range && range[1] === entry - 1) range[1] = entry;
    else ranges.push([entry, entry]);
  }
  return ranges;
}
