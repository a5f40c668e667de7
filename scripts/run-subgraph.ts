// npm run subgraph -- --name NAME: one subgraph as a process of its own, on a database that is migrated.
import 'reflect-metadata';
import { processEnvironment, readConfigOf, SUBGRAPH_SETTINGS, type SubgraphConfig } from '#platform/config';
import { roleUrl } from '#platform/database';
import { StartUpError } from '#platform/errors';
import { type Subgraph, startSubgraphServer } from '#platform/federation';
import { readInternalPublicKey } from '#platform/identity';
import { systemClock } from '#platform/time';
import { readCommandLine } from './command-line/options.ts';
import { openSubgraph } from './open-subgraph.ts';
import { OWNED_DECLARATION, processOwner, tellStarted } from './owned-process.ts';
import { type ProcessLife, processLogger, runProcess } from './run-process.ts';
import { SUBGRAPHS } from './subgraphs.ts';

const OPTIONS = {
  name: { value: 'NAME', required: true, description: 'Which subgraph.' },
  ...OWNED_DECLARATION,
} as const;

async function start({ cleanup }: ProcessLife): Promise<void> {
  const subgraph = subgraphOf(readCommandLine(OPTIONS, [], process.argv.slice(2)).options.name);
  const config = readConfigOf(SUBGRAPH_SETTINGS, processEnvironment());
  const internalKey = await readInternalPublicKey(config.INTERNAL_PUBLIC_KEY);
  const logger = processLogger(config.LOG_LEVEL);
  const databaseUrl = databaseUrlOf(subgraph, config);
  const { running, close } = await openSubgraph(subgraph, { config, databaseUrl, clock: systemClock, logger });
  cleanup.add(close);
  const { SUBGRAPH_HOST: host, SUBGRAPH_PORT } = config;
  const { port, stop } = await startSubgraphServer({
    subgraph: running,
    internalKey,
    clock: systemClock,
    host,
    port: SUBGRAPH_PORT,
    logger,
  });
  cleanup.add(stop);
  tellStarted(port, `${subgraph.name} listens on http://${host}:${port}`);
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
