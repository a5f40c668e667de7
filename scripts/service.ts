import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import { roleUrl } from '#platform/database';
import type { SubgraphConnection } from '#platform/federation';
import { openFiles } from '#platform/files';
import { acceptJobTokens, makeSigningKey, type TokenVerifier } from '#platform/identity';
import type { JobRunner } from '#platform/jobs';
import type { RollupWorker } from '#platform/rollups';
import type { Clock } from '#platform/time';
import type { Readiness } from '../gateway/health-routes.ts';
import { Cleanup } from './cleanup.ts';
import { graphOfGateway } from './job-runners.ts';
import { localUrl, openGateway } from './open-gateway.ts';
import { type OpenedSubgraph, openSubgraphs } from './open-subgraph.ts';
import { SUBGRAPHS } from './subgraphs.ts';

export interface ServiceOptions {
  config: Config;
  /** Address of the owner of a database that is migrated; each subgraph connects with its own role. */
  ownerUrl: string;
  roleSecret: string;
  verifyToken: TokenVerifier;
  /** Whether jobs are taken up and levels looked after as they come; else they wait until somebody does so. */
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
  /** Those who look after the levels of subgraphs that have some. */
  readonly rollups: readonly RollupWorker[];
  stop(): Promise<void>;
}

/** How the gateway reaches a subgraph, and how that ends. */
export interface SubgraphWay {
  readonly connection: SubgraphConnection;
  stop(): Promise<void>;
}

/** Starts all subgraphs, the gateway and the workers in this process. */
export function startService(options: ServiceOptions): Promise<Service> {
  return startParts(options, async ({ running }) => ({ connection: running, stop: async () => undefined }));
}

/** Starts the parts of the service one after another; they are stopped in the opposite order. */
export async function startParts(
  options: ServiceOptions,
  reach: (subgraph: OpenedSubgraph) => Promise<SubgraphWay>,
): Promise<Service> {
  const cleanup = new Cleanup();
  const stop = async () => {
    const faults: unknown[] = [];
    await cleanup.run((error) => faults.push(error));
    if (faults.length > 0) throw faults[0];
  };
  try {
    return { ...(await open(options, reach, cleanup)), stop };
  } catch (error) {
    await cleanup.run((fault) => options.logger.error({ err: fault }, 'while stopping'));
    throw error;
  }
}

async function open(
  options: ServiceOptions,
  reach: (subgraph: OpenedSubgraph) => Promise<SubgraphWay>,
  cleanup: Cleanup,
): Promise<Omit<Service, 'stop'>> {
  const { config, clock, ownerUrl, roleSecret } = options;
  const files = await openFiles(config);
  const key = await makeSigningKey();
  let url = '';
  const graph = graphOfGateway(config, key, clock, () => url);
  const subgraphs = await openSubgraphs(SUBGRAPHS, ({ schema }) => ({
    ...options,
    files,
    graph,
    databaseUrl: roleUrl(ownerUrl, schema, roleSecret),
  }));
  for (const subgraph of subgraphs) cleanup.add(() => subgraph.close());
  const connections: SubgraphConnection[] = [];
  for (const subgraph of subgraphs) {
    const way = await reach(subgraph);
    cleanup.add(() => way.stop());
    connections.push(way.connection);
  }
  const verifyToken = acceptJobTokens(key, options.verifyToken, clock);
  const gateway = await openGateway({ ...options, connections, verifyToken, fileLinks: files.links });
  cleanup.add(() => gateway.stop());
  url = localUrl(gateway);
  const jobs = subgraphs.flatMap((subgraph) => subgraph.jobs ?? []);
  for (const runner of jobs) {
    await runner.work();
    cleanup.add(() => runner.rest());
  }
  const rollups = subgraphs.flatMap((subgraph) => subgraph.rollups ?? []);
  // Closing a subgraph makes them rest.
  if (options.workers) for (const worker of rollups) worker.work();
  return { url, jobs, rollups };
}
