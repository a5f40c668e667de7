import type { Logger } from 'pino';
import type { Config, SubgraphSettings } from '#platform/config';
import type { Database } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import type { Files } from '#platform/files';
import { GATEWAY_AUDIENCE, type InternalSigningKey, signInternalToken } from '#platform/identity';
import { type GraphClient, httpGraphClient, JobRunner } from '#platform/jobs';
import type { Clock } from '#platform/time';

export interface JobRunnerParts {
  config: SubgraphSettings;
  /** With the subgraph's own role. */
  databaseUrl: string;
  /** Whether jobs are taken up as they come; else they wait until somebody runs them. */
  workers: boolean;
  database: Database;
  files: Files;
  graph: GraphClient;
  clock: Clock;
  logger: Logger;
}

/** Opens the queue of a subgraph; undefined where it declares no jobs. */
export async function openJobs(
  { name, schema, jobs = [], watches = [] }: Subgraph,
  { databaseUrl, workers, logger, config, database, files, graph, clock }: JobRunnerParts,
): Promise<JobRunner | undefined> {
  if (jobs.length === 0) return undefined;
  return JobRunner.open({
    url: databaseUrl,
    schema,
    applicationName: `statistics ${name} jobs`,
    jobs,
    watches,
    workers,
    parts: { config, database, files, graph, clock, logger: logger.child({ service: name }) },
  });
}

/** The graph as jobs see it: through the gateway, with tokens of the service's own that hold for a minute. */
export function graphOfGateway(
  config: Pick<Config, 'SUBGRAPH_TIMEOUT_MS'>,
  key: InternalSigningKey,
  clock: Clock,
  url: () => string,
): GraphClient {
  return httpGraphClient({
    url,
    token: ({ companyId, scopes }) => {
      return signInternalToken(key, { subject: 'job', companyId, scopes }, GATEWAY_AUDIENCE, clock);
    },
    timeoutMs: 2 * config.SUBGRAPH_TIMEOUT_MS,
  });
}
