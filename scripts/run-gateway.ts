// npm run gateway: the gateway as a process of its own, in front of subgraphs that run elsewhere.
import 'reflect-metadata';
import { GATEWAY_SETTINGS, type GatewayConfig, processEnvironment, readConfigOf } from '#platform/config';
import { StartUpError } from '#platform/errors';
import { HttpSubgraphConnection, takenKinds } from '#platform/federation';
import { openFileLinks } from '#platform/files';
import {
  acceptJobTokens,
  type InternalSigningKey,
  readInternalPublicKey,
  readInternalSigningKey,
} from '#platform/identity';
import { systemClock } from '#platform/time';
import { readCommandLine } from './command-line/options.ts';
import { openGateway } from './open-gateway.ts';
import { isOwned, OWNED_DECLARATION, processOwner, tellStarted } from './owned-process.ts';
import { READY_MESSAGE } from './process-messages.ts';
import { type ProcessLife, processLogger, runProcess } from './run-process.ts';
import { SUBGRAPHS } from './subgraphs.ts';
import { openTokens } from './tokens.ts';

async function start({ cleanup }: ProcessLife): Promise<void> {
  readCommandLine(OWNED_DECLARATION, [], process.argv.slice(2));
  const config = readConfigOf(GATEWAY_SETTINGS, processEnvironment());
  const connections = connect(config, await readInternalSigningKey(config.INTERNAL_SIGNING_KEY));
  cleanup.add(async () => connections.forEach((connection) => void connection.close()));
  const { verify } = await openTokens(config, systemClock);
  const readiness = { ready: !isOwned };
  process.on('message', (message) => {
    if (message === READY_MESSAGE) readiness.ready = true;
  });
  const logger = processLogger(config.LOG_LEVEL);
  const jobKey = config.JOB_PUBLIC_KEY && (await readInternalPublicKey(config.JOB_PUBLIC_KEY, 'JOB_PUBLIC_KEY'));
  const verifyToken = jobKey ? acceptJobTokens(jobKey, verify, systemClock) : verify;
  const fileLinks = await openFileLinks(config);
  const parts = { config, connections, verifyToken, fileLinks, clock: systemClock, readiness, logger };
  const gateway = await openGateway(parts);
  cleanup.add(() => gateway.stop());
  tellStarted(gateway.port, `The gateway listens on http://${config.HOST}:${gateway.port}`);
}

/** A way to every subgraph of the supergraph. Throws StartUpError where SUBGRAPH_URLS does not name just these. */
function connect(config: GatewayConfig, signingKey: InternalSigningKey): HttpSubgraphConnection[] {
  const urls = config.SUBGRAPH_URLS;
  const names = SUBGRAPHS.map(({ name }) => name);
  const missing = names.filter((name) => !urls.has(name));
  const unknown = [...urls.keys()].filter((name) => !names.includes(name));
  if (missing.length + unknown.length > 0) {
    const faults = [
      ...missing.map((name) => `lacks ${name}`),
      ...unknown.map((name) => `names ${name}, which is none`),
    ];
    throw new StartUpError(`SUBGRAPH_URLS ${faults.join(' and ')}; the subgraphs are ${names.join(', ')}.`);
  }
  return SUBGRAPHS.map((subgraph) => {
    return new HttpSubgraphConnection({
      name: subgraph.name,
      ...takenKinds(subgraph),
      url: urls.get(subgraph.name) ?? '',
      signingKey,
      clock: systemClock,
      timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
      ingestTimeoutMs: config.SUBGRAPH_INGEST_TIMEOUT_MS,
    });
  });
}

void runProcess(start, processOwner);
