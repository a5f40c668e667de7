import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import { Database, roleUrl } from '#platform/database';
import { RunningSubgraph } from '#platform/federation';
import { openFiles } from '#platform/files';
import { acceptJobTokens, makeSigningKey, type TokenVerifier } from '#platform/identity';
import type { JobRunner } from '#platform/jobs';
import type { Clock } from '#platform/time';
import { startGateway } from '../gateway/gateway.ts';
import type { Readiness } from '../gateway/health-routes.ts';
import { Cleanup } from './cleanup.ts';
import { graphOfGateway, openJobs } from './job-runners.ts';
import { SUBGRAPHS } from './subgraphs.ts';

const SUPERGRAPH = resolve(__dirname, '../schema/supergraph.graphql');

export interface ServiceOptions {
  config: Config;
  /** Address of the owner of a database that is migrated; each subgraph connects with its own role. */
  ownerUrl: string;
  roleSecret: string;
  verifyToken: TokenVerifier;
  /** Whether jobs are taken up as they come; else they wait until somebody runs them. */
  workers: boolean;
  clock: Clock;
  logger: Logger;
  readiness: Readiness;
}

export interface Service {
  /** Address of the gateway, as a client on this machine reaches it. */
  readonly url: string;
  /** The jobs of all subgraphs that declare some. */
  readonly jobs: readonly JobRunner[];
  stop(): Promise<void>;
}

/** Starts all subgraphs, the gateway and the workers in this process. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const cleanup = new Cleanup();
  const stop = async () => {
    const faults: unknown[] = [];
    await cleanup.run((error) => faults.push(error));
    if (faults.length > 0) throw faults[0];
  };
  try {
    return { ...(await startParts(options, cleanup)), stop };
  } catch (error) {
    await cleanup.run((fault) => options.logger.error({ err: fault }, 'while stopping'));
    throw error;
  }
}

/** Starts one after another what is stopped in the opposite order. */
async function startParts(options: ServiceOptions, cleanup: Cleanup): Promise<Omit<Service, 'stop'>> {
  const { config, clock, logger, ownerUrl, roleSecret, workers } = options;
  const files = await openFiles(config);
  const key = await makeSigningKey();
  let url = '';
  const graph = graphOfGateway(config, key, clock, () => url);
  const jobs: JobRunner[] = [];
  const connections: RunningSubgraph[] = [];
  for (const subgraph of SUBGRAPHS) {
    const database = openDatabase(options, subgraph);
    cleanup.add(() => database.close());
    const runner = await openJobs(subgraph, { ownerUrl, roleSecret, workers, database, files, graph, clock, logger });
    if (runner) {
      jobs.push(runner);
      cleanup.add(() => runner.close());
    }
    const parts = { config, database, files, jobs: runner?.queue, clock, logger };
    connections.push(await RunningSubgraph.start(subgraph, parts));
  }
  const gateway = await startGateway({
    host: config.HOST,
    port: config.PORT,
    supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
    connections,
    verifyToken: acceptJobTokens(key, options.verifyToken, clock),
    fileLinks: files.links,
    clock,
    subgraphTimeoutMs: config.SUBGRAPH_TIMEOUT_MS,
    maxBodyBytes: config.GRAPHQL_MAX_BODY_BYTES,
    maxIngestRequests: config.INGEST_MAX_REQUESTS,
    ingestIdleTimeoutMs: config.INGEST_IDLE_TIMEOUT_MS,
    readiness: options.readiness,
    logger,
  });
  cleanup.add(() => gateway.stop());
  url = `http://localhost:${gateway.port}`;
  for (const runner of jobs) {
    await runner.work();
    cleanup.add(() => runner.rest());
  }
  return { url, jobs };
}

function openDatabase({ config, ownerUrl, roleSecret }: ServiceOptions, { name, schema }: (typeof SUBGRAPHS)[number]) {
  return new Database({
    url: roleUrl(ownerUrl, schema, roleSecret),
    applicationName: `statistics ${name}`,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeoutMs: config.DATABASE_TIMEOUT_MS,
  });
}
