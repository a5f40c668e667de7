import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import { Database } from '#platform/database';
import { RunningSubgraph, type Subgraph } from '#platform/federation';
import type { Clock } from '#platform/time';

export interface OpenSubgraphOptions {
  config: Pick<Config, 'DATABASE_POOL_SIZE' | 'DATABASE_TIMEOUT_MS'>;
  /** With the subgraph's own role. */
  databaseUrl: string;
  clock: Clock;
  logger: Logger;
}

/** A subgraph at work in this process, with its connections to the database. */
export interface OpenedSubgraph {
  readonly running: RunningSubgraph;
  close(): Promise<void>;
}

/** Starts a subgraph on a database that is migrated. */
export async function openSubgraph(subgraph: Subgraph, options: OpenSubgraphOptions): Promise<OpenedSubgraph> {
  const { config, clock, logger } = options;
  const database = new Database({
    url: options.databaseUrl,
    applicationName: `statistics ${subgraph.name}`,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeoutMs: config.DATABASE_TIMEOUT_MS,
  });
  try {
    return {
      running: await RunningSubgraph.start(subgraph, { database, clock, logger }),
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Starts all of them, or none. */
export async function openSubgraphs(
  subgraphs: readonly Subgraph[],
  optionsOf: (subgraph: Subgraph) => OpenSubgraphOptions,
): Promise<OpenedSubgraph[]> {
  const opening = await Promise.allSettled(subgraphs.map((subgraph) => openSubgraph(subgraph, optionsOf(subgraph))));
  const opened = opening.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opening.find((one) => one.status === 'rejected');
  if (!failed) return opened;
  await Promise.all(opened.map(({ close }) => close()));
  throw failed.reason;
}
