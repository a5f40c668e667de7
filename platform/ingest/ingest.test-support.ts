import { requiredId } from './fields.ts';
import type { BatchStore, IngestAnswer, IngestKind, LineOutcome, StoreLines } from './ingest-kind.ts';
import { LineFault } from './line-fault.ts';
import { identityField } from './merge.ts';
import { optionalInteger } from './number-fields.ts';

/** A kind for tests: an id, a place that never changes, and a count of which the greatest stands. */
export interface Note {
  readonly id: string;
  readonly place: string | undefined;
  readonly count: number;
}

export const notes: IngestKind<Note> = {
  kind: 'notes',
  parse: (json) => ({
    id: requiredId(json, 'id'),
    place: json['place'] as string | undefined,
    count: optionalInteger(json, 'count', 1_000_000) ?? 0,
  }),
  key: (note) => note.id,
};

/** Keeps notes in memory, by the rules that a database would. */
export class NoteStore implements BatchStore<Note> {
  kept = new Map<string, Note>();
  /** Ids of every batch that was stored, in the order in which they came, rolled back or not. */
  readonly batches: string[][] = [];

  async store(lines: readonly Note[]): Promise<(LineOutcome | LineFault)[]> {
    this.batches.push(lines.map(({ id }) => id));
    return lines.map((line) => this.storeNote(line));
  }

  async storeAll(work: (store: StoreLines<Note>) => Promise<boolean>): Promise<void> {
    const before = new Map(this.kept);
    let committed = false;
    try {
      committed = await work((lines) => this.store(lines));
    } finally {
      if (!committed) this.kept = before;
    }
  }

  private storeNote(line: Note): LineOutcome | LineFault {
    const known = this.kept.get(line.id);
    try {
      const place = identityField('place', known?.place, line.place) ?? undefined;
      const count = Math.max(known?.count ?? 0, line.count);
      this.kept.set(line.id, { id: line.id, place, count });
      if (!known) return 'inserted';
      return known.place === place && known.count === count ? 'unchanged' : 'updated';
    } catch (error) {
      if (error instanceof LineFault) return error;
      throw error;
    }
  }
}

/** The bytes as a stream of the given pieces. */
export async function* streamOf(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

/** One JSON line each. */
export function ndjson(...objects: object[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}

/** An answer with the given counts, all others 0. */
export function answerOf(counts: Partial<IngestAnswer>): IngestAnswer {
  return { received: 0, inserted: 0, updated: 0, unchanged: 0, waiting: 0, rejected: 0, errors: [], ...counts };
}

/** That many notes: n0, n1 and so on, or from another number on. */
export function ids(count: number, from = 0): { id: string }[] {
  return Array.from({ length: count }, (_, i) => ({ id: `n${from + i}` }));
}

/** The fault that reading a field throws. */
export function faultOf(read: () => unknown): [code: string, field: string | undefined, message: string] {
  try {
    read();
  } catch (error) {
    if (error instanceof LineFault) return [error.code, error.field, error.message];
    throw error;
  }
  throw new Error('no fault');
}
