// npm run subgraph -- --name NAME: one subgraph as a process of its own, on a database that is migrated.
import 'reflect-metadata';
import { processEnvironment, readConfigOf, SUBGRAPH_SETTINGS, type SubgraphConfig } from '#platform/config';
import { roleUrl } from '#platform/database';
import { StartUpError } from '#platform/errors';
import { type Subgraph, startSubgraphServer } from '#platform/federation';
import { openFiles } from '#platform/files';
import { readInternalPublicKey, readInternalSigningKey } from '#platform/identity';
import type { GraphClient, JobRunner } from '#platform/jobs';
import { systemClock } from '#platform/time';
import { readCommandLine } from './command-line/options.ts';
import { graphOfGateway } from './job-runners.ts';
import { openSubgraph } from './open-subgraph.ts';
import { isOwned, OWNED_DECLARATION, processOwner, tellStarted } from './owned-process.ts';
import { GATEWAY_MESSAGE } from './process-messages.ts';
import { type ProcessLife, processLogger, runProcess } from './run-process.ts';
import { SUBGRAPHS } from './subgraphs.ts';

const OPTIONS = {
  name: { value: 'NAME', required: true, description: 'Which subgraph.' },
  ...OWNED_DECLARATION,
} as const;

/** Where the jobs find the gateway. A process that belongs to another one is told when the gateway is there. */
let gatewayUrl = '';

async function start(life: ProcessLife): Promise<void> {
  const subgraph = subgraphOf(readCommandLine(OPTIONS, [], process.argv.slice(2)).options.name);
  const config = readConfigOf(SUBGRAPH_SETTINGS, processEnvironment());
  const internalKey = await readInternalPublicKey(config.INTERNAL_PUBLIC_KEY);
  const logger = processLogger(config.LOG_LEVEL);
  const databaseUrl = databaseUrlOf(subgraph, config);
  const files = await openFiles(config);
  const graph = await graphOf(subgraph, config);
  const parts = { config, databaseUrl, files, graph, workers: true, clock: systemClock, logger };
  const { running, jobs, rollups, close } = await openSubgraph(subgraph, parts);
  life.cleanup.add(close);
  const { SUBGRAPH_HOST: host, SUBGRAPH_PORT } = config;
  const { port, stop } = await startSubgraphServer({
    subgraph: running,
    internalKey,
    clock: systemClock,
    host,
    port: SUBGRAPH_PORT,
    logger,
  });
  life.cleanup.add(stop);
  if (jobs) await startWorkers(jobs, config, life);
  rollups?.work();
  tellStarted(port, `${subgraph.name} listens on http://${host}:${port}`);
}

/** The graph as the subgraph's jobs ask it. Throws StartUpError where there are jobs and they could not. */
async function graphOf({ name, jobs = [] }: Subgraph, config: SubgraphConfig): Promise<GraphClient> {
  const { GATEWAY_URL: url, JOB_SIGNING_KEY: text } = config;
  if (jobs.length > 0 && !(text && (url || isOwned))) {
    throw new StartUpError(`${name} has jobs that ask the gateway; set GATEWAY_URL and JOB_SIGNING_KEY.`);
  }
  if (jobs.length === 0 || !text) return { query: () => Promise.reject(new Error(`${name} declares no jobs`)) };
  const key = await readInternalSigningKey(text, 'JOB_SIGNING_KEY');
  return graphOfGateway(config, key, systemClock, () => gatewayUrl);
}

/** Takes up jobs at once, or as soon as the gateway of an owned process is there. */
async function startWorkers(jobs: JobRunner, config: SubgraphConfig, { cleanup, fail }: ProcessLife): Promise<void> {
  cleanup.add(() => jobs.rest());
  if (!isOwned) {
    gatewayUrl = (config.GATEWAY_URL ?? '').replace(/\/+$/, '');
    return jobs.work();
  }
  process.on('message', (message) => {
    if (typeof message !== 'string' || !message.startsWith(GATEWAY_MESSAGE)) return;
    gatewayUrl = message.slice(GATEWAY_MESSAGE.length);
    jobs.work().catch((error: Error) => fail(`the workers do not start: ${error.message}`));
  });
}

function subgraphOf(name: string): Subgraph {
  const subgraph = SUBGRAPHS.find((one) => one.name === name);
  if (subgraph) return subgraph;
  const names = SUBGRAPHS.map((one) => one.name).join(', ');
  throw new StartUpError(`there is no subgraph ${JSON.stringify(name)}; --name is one of ${names}.`);
}

function databaseUrlOf({ schema }: Subgraph, config: SubgraphConfig): string {
  const { SUBGRAPH_DATABASE_URL: own, DATABASE_URL: server, DATABASE_ROLE_SECRET: secret } = config;
  if (own) return own;
  if (server && secret) return roleUrl(server, schema, secret);
  throw new StartUpError(
    'a subgraph needs its database; set SUBGRAPH_DATABASE_URL, or DATABASE_URL and DATABASE_ROLE_SECRET.',
  );
}

void runProcess(start, processOwner);
