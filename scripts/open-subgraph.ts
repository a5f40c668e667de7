import type { Logger } from 'pino';
import type { SubgraphSettings } from '#platform/config';
import { Database } from '#platform/database';
import { RunningSubgraph, type Subgraph } from '#platform/federation';
import type { Files } from '#platform/files';
import type { GraphClient, JobRunner } from '#platform/jobs';
import type { RollupWorker } from '#platform/rollups';
import type { Clock } from '#platform/time';
import { openJobs } from './job-runners.ts';
import { openRollups } from './open-rollups.ts';

export interface OpenSubgraphOptions {
  config: SubgraphSettings;
  /** With the subgraph's own role. */
  databaseUrl: string;
  files: Files;
  /** As its jobs ask it. */
  graph: GraphClient;
  /** Whether its jobs are taken up as they come; else they wait until somebody runs them. */
  workers: boolean;
  clock: Clock;
  logger: Logger;
}

/** A subgraph at work in this process, with its connections to the database. */
export interface OpenedSubgraph {
  readonly running: RunningSubgraph;
  /** Of a subgraph that declares jobs; it takes none up before it is told to. */
  readonly jobs: JobRunner | undefined;
  /** Of a subgraph whose facts have levels; it looks after none before it is told to. */
  readonly rollups: RollupWorker | undefined;
  close(): Promise<void>;
}

/** Starts a subgraph on a database that is migrated. */
export async function openSubgraph(subgraph: Subgraph, options: OpenSubgraphOptions): Promise<OpenedSubgraph> {
  const { config, files, clock, logger } = options;
  const database = new Database({
    url: options.databaseUrl,
    applicationName: `statistics ${subgraph.name}`,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeoutMs: config.DATABASE_TIMEOUT_MS,
  });
  const rollups = openRollups(subgraph, options);
  let jobs: JobRunner | undefined;
  const close = async () => {
    await jobs?.close();
    await rollups?.close();
    await database.close();
  };
  try {
    jobs = await openJobs(subgraph, { ...options, database });
    const parts = { config, database, files, jobs: jobs?.queue, graph: options.graph, clock, logger };
    return { running: await RunningSubgraph.start(subgraph, parts), jobs, rollups: rollups?.worker, close };
  } catch (error) {
    await close();
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
