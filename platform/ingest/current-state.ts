import type { RowTable, Transaction } from '#platform/database';
import { addErased, lockCompany, readErased } from './company-tables.ts';
import type { LineOutcome } from './ingest-kind.ts';
import { LineFault } from './line-fault.ts';

/** A line that takes its event back for good. */
export interface Deletion {
  readonly id: string;
  readonly deleted: true;
}

/** How lines of one kind become current rows: one row an event, the same whatever the order of its lines. */
export interface CurrentState<Line extends { readonly id: string }, Row extends { id: string }> {
  readonly kind: string;
  readonly table: RowTable<Row>;
  /**
   * The row after a line. Pure; any order of the same lines gives the same row.
   * @param known the row so far; undefined for the first line of an event
   * @throws LineFault where the line contradicts what is known
   */
  merge(known: Row | undefined, line: Line): Row;
  /** Whether two states of an event count alike in every figure. */
  countsAlike(one: Row, other: Row): boolean;
}

/** What became of one event in a batch. */
interface Change<Row> {
  before: Row | undefined;
  after: Row | undefined;
}

/**
 * Applies lines in their order within the caller's transaction: lock the company, read the rows, merge in Node, write.
 * A line is `updated` where it changed a figure, `unchanged` where it did not. `changed` says whether anything was written:
 * then the caller advances the version, as the last thing in its transaction.
 */
export async function applyLines<Line extends { readonly id: string }, Row extends { id: string }>(
  transaction: Transaction,
  state: CurrentState<Line, Row>,
  lines: readonly (Line | Deletion)[],
): Promise<{ outcomes: (LineOutcome | LineFault)[]; changed: boolean }> {
  await lockCompany(transaction);
  const ids = [...new Set(lines.map(({ id }) => id))];
  const rows = await state.table.read(transaction, ids);
  const erased = await readErased(transaction, state.kind, ids);
  const batch = new Batch(state, rows, erased);
  const outcomes = lines.map((line) => batch.apply(line));
  return { outcomes, changed: await batch.write(transaction) };
}

class Batch<Line extends { readonly id: string }, Row extends { id: string }> {
  private readonly changes = new Map<string, Change<Row>>();
  private readonly newlyErased: string[] = [];

  constructor(
    private readonly state: CurrentState<Line, Row>,
    private readonly rows: ReadonlyMap<string, Row>,
    private readonly erased: Set<string>,
  ) {}

  apply(line: Line | Deletion): LineOutcome | LineFault {
    if (this.erased.has(line.id)) return 'unchanged';
    const change = this.changeOf(line.id);
    const known = change.after;
    if (isDeletion(line)) return this.erase(line.id, change);
    try {
      change.after = this.state.merge(known, line);
    } catch (error) {
      if (error instanceof LineFault) return error;
      throw error;
    }
    if (!known) return 'inserted';
    return this.state.countsAlike(known, change.after) ? 'unchanged' : 'updated';
  }

  /** Writes what has changed; whether there was anything. */
  async write(transaction: Transaction): Promise<boolean> {
    const { table, kind } = this.state;
    const added: Row[] = [];
    const changed: Row[] = [];
    const removed: string[] = [];
    for (const { before, after } of this.changes.values()) {
      if (!before && after) added.push(after);
      if (before && !after) removed.push(before.id);
      if (before && after && !table.isSame(before, after)) changed.push(after);
    }
    await table.insert(transaction, added);
    await table.update(transaction, changed);
    await table.delete(transaction, removed);
    await addErased(transaction, kind, this.newlyErased);
    return added.length + changed.length + this.newlyErased.length > 0;
  }

  private changeOf(id: string): Change<Row> {
    let change = this.changes.get(id);
    if (!change) {
      const before = this.rows.get(id);
      change = { before, after: before };
      this.changes.set(id, change);
    }
    return change;
  }

  private erase(id: string, change: Change<Row>): LineOutcome {
    const outcome = change.after ? 'updated' : 'inserted';
    change.after = undefined;
    this.erased.add(id);
    this.newlyErased.push(id);
    return outcome;
  }
}

function isDeletion(line: object): line is Deletion {
  return (line as Deletion).deleted === true;
}
