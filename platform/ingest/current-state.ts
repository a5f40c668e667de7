import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubgraphSettings } from '#platform/config';
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
  /**
   * Completes lines with what only the database and the settings know, such as a secret of the company; called under the
   * company's lock and before anything is merged. Gives as many lines back, in their order.
   */
  prepare?(transaction: Transaction, lines: readonly Line[], context: BatchContext): Promise<readonly Line[]>;
  /** Reads what refuses lines of events that nothing is known of, such as those from before what is kept; under the company's lock. */
  readRefusal?(transaction: Transaction): Promise<(line: Line) => LineFault | undefined>;
  /** Ids of lines that come too late for good, as what they belong to was taken back: they change nothing. */
  readForgotten?(transaction: Transaction, lines: readonly Line[]): Promise<ReadonlySet<string>>;
  /** Ids of new rows that count only once something else has arrived; their lines are `waiting`. */
  readWaiting?(transaction: Transaction, added: readonly Row[]): Promise<ReadonlySet<string>>;
  /**
   * Completes changed rows with what hangs on other rows, under the company's lock and before anything is written: it may replace
   * `after`, and gives the changes of further rows, which are written with the rest.
   */
  relate?(transaction: Transaction, changes: readonly RowChange<Row>[]): Promise<readonly RowChange<Row>[]>;
  /**
   * Brings what is derived from the rows in line with them, within the same transaction and after they are written.
   * @param erased ids that this batch took back for good, those whose row had not come yet included
   */
  settle?(
    transaction: Transaction,
    changes: readonly RowChange<Row>[],
    erased: readonly string[],
    context: BatchContext,
  ): Promise<void>;
}

/** What storing a batch knows beside its lines. */
export interface BatchContext {
  readonly config: SubgraphSettings;
  /** Of the writing, epoch milliseconds. */
  readonly moment: number;
}

/** What a batch did to one event: `before` is missing where it is new, `after` where it was taken back. */
export interface RowChange<Row> {
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
  context: BatchContext,
): Promise<{ outcomes: (LineOutcome | LineFault)[]; changed: boolean }> {
  await lockCompany(transaction);
  const ids = [...new Set(lines.map(({ id }) => id))];
  const rows = await state.table.read(transaction, ids);
  const erased = await readErased(transaction, state.kind, ids);
  const events = lines.filter((line): line is Line => !isDeletion(line));
  const forgotten = await state.readForgotten?.(transaction, events);
  const prepared = (await state.prepare?.(transaction, events, context)) ?? events;
  const refuse = await state.readRefusal?.(transaction);
  const batch = new Batch(state, rows, erased, forgotten ?? new Set(), refuse);
  let next = 0;
  const outcomes = lines.map((line) => batch.apply(isDeletion(line) ? line : (prepared[next++] as Line)));
  const waiting = await state.readWaiting?.(transaction, batch.added());
  const changed = await batch.write(transaction, context);
  return {
    outcomes: outcomes.map((outcome, index) => (waitsFor(outcome, lines[index], waiting) ? 'waiting' : outcome)),
    changed,
  };
}

class Batch<Line extends { readonly id: string }, Row extends { id: string }> {
  private readonly changes = new Map<string, RowChange<Row>>();
  private readonly newlyErased: string[] = [];

  constructor(
    private readonly state: CurrentState<Line, Row>,
    private readonly rows: ReadonlyMap<string, Row>,
    private readonly erased: Set<string>,
    private readonly forgotten: ReadonlySet<string>,
    private readonly refuse: ((line: Line) => LineFault | undefined) | undefined,
  ) {}

  apply(line: Line | Deletion): LineOutcome | LineFault {
    if (this.erased.has(line.id)) return 'unchanged';
    const change = this.changeOf(line.id);
    const known = change.after;
    if (isDeletion(line)) return this.erase(line.id, change);
    if (this.forgotten.has(line.id)) return 'unchanged';
    const refusal = known ? undefined : this.refuse?.(line);
    if (refusal) return refusal;
    try {
      change.after = this.state.merge(known, line);
    } catch (error) {
      if (error instanceof LineFault) return error;
      throw error;
    }
    if (!known) return 'inserted';
    return this.state.countsAlike(known, change.after) ? 'unchanged' : 'updated';
  }

  /** Rows that are new. */
  added(): Row[] {
    return [...this.changes.values()].flatMap(({ before, after }) => (!before && after ? [after] : []));
  }

  /** Writes what has changed; whether there was anything. */
  async write(transaction: Transaction, context: BatchContext): Promise<boolean> {
    const { table, kind } = this.state;
    const own = [...this.changes.values()].filter(({ before, after }) => !this.isSame(before, after));
    const changes = [...own, ...((await this.state.relate?.(transaction, own)) ?? [])];
    const added = this.added();
    const changed = changes.flatMap(({ before, after }) => (before && after ? [after] : []));
    const removed = changes.flatMap(({ before, after }) => (before && !after ? [before.id] : []));
    const isChanged = changes.length + this.newlyErased.length > 0;
    // Statements wait for their turn: while the database adds rows, the others are made ready.
    const others = async () => {
      await nextTurn();
      await Promise.all([
        table.update(transaction, changed),
        table.delete(transaction, removed),
        addErased(transaction, kind, this.newlyErased),
        isChanged && this.state.settle?.(transaction, changes, this.newlyErased, context),
      ]);
    };
    await Promise.all([table.insert(transaction, added), others()]);
    return isChanged;
  }

  private isSame(before: Row | undefined, after: Row | undefined): boolean {
    return before && after ? this.state.table.isSame(before, after) : before === after;
  }

  private changeOf(id: string): RowChange<Row> {
    let change = this.changes.get(id);
    if (!change) {
      const before = this.rows.get(id);
      change = { before, after: before };
      this.changes.set(id, change);
    }
    return change;
  }

  private erase(id: string, change: RowChange<Row>): LineOutcome {
    const outcome = change.after ? 'updated' : 'inserted';
    change.after = undefined;
    this.erased.add(id);
    this.newlyErased.push(id);
    return outcome;
  }
}

/** A line that added a row which waits. */
function waitsFor(
  outcome: LineOutcome | LineFault,
  line: { id: string } | undefined,
  waiting?: ReadonlySet<string>,
): boolean {
  return outcome === 'inserted' && line !== undefined && waiting?.has(line.id) === true;
}

function isDeletion(line: object): line is Deletion {
  return (line as Deletion).deleted === true;
}
