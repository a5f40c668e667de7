import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import { Database } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import { ROLLUP_CONNECTIONS, RollupWorker } from '#platform/rollups';
import type { Clock } from '#platform/time';

export interface OpenRollupsOptions {
  config: Pick<Config, 'DATABASE_TIMEOUT_MS' | 'ROLLUP_MIN_ROWS' | 'ROLLUP_INTERVAL_MS' | 'MESSAGE_RETENTION_DAYS'>;
  /** With the subgraph's own role. */
  databaseUrl: string;
  clock: Clock;
  logger: Logger;
}

/** The worker on the levels of a subgraph, with connections of its own. */
export interface OpenedRollups {
  readonly worker: RollupWorker;
  close(): Promise<void>;
}

/** Opens the worker of a subgraph, which looks after nothing before it is told to; undefined where no fact has levels. */
export function openRollups(
  { name, rollups = [] }: Subgraph,
  { config, databaseUrl, clock, logger }: OpenRollupsOptions,
): OpenedRollups | undefined {
  if (rollups.length === 0) return undefined;
  const database = new Database({
    url: databaseUrl,
    applicationName: `statistics ${name} levels`,
    poolSize: ROLLUP_CONNECTIONS,
    connectTimeoutMs: config.DATABASE_TIMEOUT_MS,
  });
  const worker = new RollupWorker({
    database,
    rollups,
    minRows: config.ROLLUP_MIN_ROWS,
    retentionDays: config.MESSAGE_RETENTION_DAYS,
    intervalMs: config.ROLLUP_INTERVAL_MS,
    clock,
    logger: logger.child({ service: name }),
  });
  return {
    worker,
    async close() {
      await worker.rest();
      await database.close();
    },
  };
}
