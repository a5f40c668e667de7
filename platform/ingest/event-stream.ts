import { readCompany } from '#platform/companies';
import type { SubgraphSettings } from '#platform/config';
import type { CompanyId, Database, Transaction } from '#platform/database';
import { type Identity, requireCompany, requireScope } from '#platform/identity';
import type { Clock } from '#platform/time';
import { advanceVersion } from './company-tables.ts';
import { applyLines, type BatchContext, type CurrentState, type Deletion } from './current-state.ts';
import type { BatchStore, IngestAnswer, IngestKind, LineOutcome } from './ingest-kind.ts';
import { ingestStream } from './ingest-stream.ts';
import type { LineFault } from './line-fault.ts';

/** A request with events, as it came. */
export interface EventRequest {
  readonly body: AsyncIterable<Uint8Array>;
  readonly contentEncoding: string | undefined;
  readonly atomic: boolean;
}

export interface EventContext {
  readonly identity: Identity;
  readonly database: Database;
  readonly clock: Clock;
  readonly config: SubgraphSettings;
}

/** One kind of events that a subgraph takes. */
export interface EventStream {
  readonly kind: string;
  /** Kinds of directory entries that it keeps; of the stream `directory` only. */
  readonly directoryKinds?: readonly string[];
  /** Checks scope and company, then reads, merges and stores the lines. Throws ServiceError where the request is refused. */
  receive(request: EventRequest, context: EventContext): Promise<{ status: number; answer: IngestAnswer }>;
}

/**
 * Stores lines within the caller's transaction, under the company's lock, and says what became of each and whether anything
 * changed that an answer can show.
 */
export type ApplyLines<Line> = (
  transaction: Transaction,
  lines: readonly Line[],
  context: BatchContext,
) => Promise<{ outcomes: (LineOutcome | LineFault)[]; changed: boolean }>;

type ApplyNow<Line> = (transaction: Transaction, lines: readonly Line[]) => ReturnType<ApplyLines<Line>>;

/** A stream of events that are kept as current rows. */
export function currentStateStream<Line extends { readonly id: string }, Row extends { id: string }>(
  lines: IngestKind<Line | Deletion>,
  state: CurrentState<Line, Row>,
): EventStream {
  return eventStream(lines, (transaction, batch, context) => applyLines(transaction, state, batch, context));
}

/** A stream of events that `apply` keeps in its own way. */
export function eventStream<Line>(lines: IngestKind<Line>, apply: ApplyLines<Line>): EventStream {
  return {
    kind: lines.kind,
    async receive({ body, contentEncoding, atomic }, { identity, database, clock, config }) {
      requireScope(identity, 'ingest:write');
      const companyId = requireCompany(identity);
      await database.read(companyId, readCompany);
      const applyNow: ApplyNow<Line> = (...batch) => apply(...batch, { config, moment: clock.now() });
      const store = eventStore(applyNow, database, companyId, clock);
      return ingestStream(lines, body, store, { now: clock.now(), atomic, contentEncoding });
    },
  };
}

/** Batches of one company, each in a transaction, or all of them in one. The version is the last thing that a transaction writes. */
function eventStore<Line>(
  apply: ApplyNow<Line>,
  database: Database,
  companyId: CompanyId,
  clock: Clock,
): BatchStore<Line> {
  return {
    store: (batch) =>
      database.write(companyId, async (transaction) => {
        const { outcomes, changed } = await apply(transaction, batch);
        if (changed) await advanceVersion(transaction, clock.now());
        return outcomes;
      }),
    storeAll: async (work) => {
      const applyAll = async (transaction: Transaction) => {
        let anyChanged = false;
        const accepted = await work(async (batch) => {
          const { outcomes, changed } = await apply(transaction, batch);
          anyChanged ||= changed;
          return outcomes;
        });
        if (accepted && anyChanged) await advanceVersion(transaction, clock.now());
        return accepted;
      };
      await database.writeIf(companyId, applyAll, (accepted) => accepted);
    },
  };
}
