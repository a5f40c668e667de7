import type { MigrationInterface } from 'typeorm';
import type { Transaction } from '#platform/database';
import type { FileRecord } from '#platform/files';
import type { RequestContext } from '#platform/graphql';
import type { EventStream } from '#platform/ingest';
import type { Job, JobWatch } from '#platform/jobs';
import type { AnyRollup } from '#platform/rollups';

/** Resolves a reference to an entity that another subgraph named by its key. */
export type ReferenceResolver = (reference: never, context: RequestContext) => unknown;

/** How a subgraph that owns files finds one. */
export interface FileOwner {
  /** A file of the transaction's company that may be downloaded; undefined where there is none. */
  find(transaction: Transaction, fileId: string): Promise<FileRecord | undefined>;
}

/** What a subgraph consists of. Its `subgraph.ts` fills this in, and is the only file that sees all of it. */
export interface Subgraph {
  /** As in the supergraph and in errors: 'messaging-stats'. */
  readonly name: string;
  /** Its schema in the database, and its role. */
  readonly schema: string;
  readonly resolvers: NonEmpty<new () => object>;
  /** Types that no resolver reaches by itself. */
  readonly orphanedTypes?: (new (
    ...values: never[]
  ) => object)[];
  /** By type name. */
  readonly references?: Readonly<Record<string, ReferenceResolver>>;
  readonly migrations: (new () => MigrationInterface)[];
  readonly ingest?: readonly EventStream[];
  readonly files?: FileOwner;
  /** Facts whose sums are kept ready for large companies. */
  readonly rollups?: readonly AnyRollup[];
  /** Work that outlives a request. */
  readonly jobs?: readonly Job[];
  /** Where jobs come from that no request puts into the queue. */
  readonly watches?: readonly JobWatch[];
}

/** Which kinds of events a subgraph takes, and which kinds of directory entries it keeps. */
export function takenKinds({ ingest = [] }: Pick<Subgraph, 'ingest'>) {
  return {
    ingestKinds: ingest.map(({ kind }) => kind),
    directoryKinds: ingest.flatMap(({ directoryKinds = [] }) => directoryKinds),
  };
}

export type NonEmpty<T> = readonly [T, ...T[]];
