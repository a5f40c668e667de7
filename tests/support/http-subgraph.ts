import { pino } from 'pino';
import { HttpSubgraphConnection, type SubgraphConnection, startSubgraphServer } from '#platform/federation';
import {
  type InternalSigningKey,
  makeInternalKey,
  readInternalPublicKey,
  readInternalSigningKey,
} from '#platform/identity';
import type { Clock } from '#platform/time';

export interface HttpSubgraphOptions {
  clock: Clock;
  /** 0 takes any free port. */
  port?: number;
  timeoutMs?: number;
  ingestTimeoutMs?: number;
}

/** A subgraph behind an HTTP server of its own, and the gateway's way to it. */
export interface HttpSubgraph {
  readonly connection: HttpSubgraphConnection;
  readonly url: string;
  readonly port: number;
  readonly signingKey: InternalSigningKey;
  /** Ends the server and starts it again on the same port, with the same keys. */
  restart(): Promise<void>;
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts a subgraph behind real HTTP on the loopback address. */
export async function behindHttp(subgraph: SubgraphConnection, options: HttpSubgraphOptions): Promise<HttpSubgraph> {
  const { clock, timeoutMs = 20_000, ingestTimeoutMs = 60_000 } = options;
  const texts = await makeInternalKey();
  const signingKey = await readInternalSigningKey(texts.signingKey);
  const internalKey = await readInternalPublicKey(texts.publicKey);
  const logger = pino({ level: 'silent' });
  const start = (port: number) =>
    startSubgraphServer({ subgraph, internalKey, clock, host: '127.0.0.1', port, logger });
  let server = await start(options.port ?? 0);
  const { port } = server;
  const url = `http://127.0.0.1:${port}`;
  const { name, ingestKinds, directoryKinds } = subgraph;
  const connection = new HttpSubgraphConnection({
    name,
    ingestKinds,
    directoryKinds,
    url,
    signingKey,
    clock,
    timeoutMs,
    ingestTimeoutMs,
  });
  return {
    connection,
    url,
    port,
    signingKey,
    async restart() {
      await server.stop();
      server = await start(port);
    },
    stopServer: () => server.stop(),
    async stop() {
      connection.close();
      await server.stop();
    },
  };
}
