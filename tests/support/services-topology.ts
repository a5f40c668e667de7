import { roleUrl } from '#platform/database';
import { HttpSubgraphConnection, startSubgraphServer } from '#platform/federation';
import { makeInternalKey, readInternalPublicKey, readInternalSigningKey } from '#platform/identity';
import { localUrl, openGateway } from '../../scripts/open-gateway.ts';
import { openSubgraph } from '../../scripts/open-subgraph.ts';
import type { Service, ServiceOptions } from '../../scripts/service.ts';
import { SUBGRAPHS } from '../../scripts/subgraphs.ts';

/** The service with every subgraph behind an HTTP server of its own: what is asked and sent takes the way of separate services. */
export async function startServices(options: ServiceOptions): Promise<Service> {
  const { config, clock, logger } = options;
  const { signingKey: signingText, publicKey } = await makeInternalKey();
  const signingKey = await readInternalSigningKey(signingText);
  const internalKey = await readInternalPublicKey(publicKey);
  const stops: (() => Promise<unknown>)[] = [];
  const connect = async (subgraph: (typeof SUBGRAPHS)[number]) => {
    const databaseUrl = roleUrl(options.ownerUrl, subgraph.schema, options.roleSecret);
    const { running, close } = await openSubgraph(subgraph, { config, databaseUrl, clock, logger });
    stops.unshift(close);
    const server = await startSubgraphServer({
      subgraph: running,
      internalKey,
      clock,
      host: config.SUBGRAPH_HOST,
      port: 0,
      logger,
    });
    stops.unshift(() => server.stop());
    const connection = new HttpSubgraphConnection({
      name: subgraph.name,
      ingestKinds: running.ingestKinds,
      url: `http://${config.SUBGRAPH_HOST}:${server.port}`,
      signingKey,
      clock,
      timeoutMs: config.SUBGRAPH_TIMEOUT_MS,
      ingestTimeoutMs: config.SUBGRAPH_INGEST_TIMEOUT_MS,
    });
    stops.unshift(async () => connection.close());
    return connection;
  };
  const connections = [];
  for (const subgraph of SUBGRAPHS) connections.push(await connect(subgraph));
  const gateway = await openGateway({ ...options, connections });
  stops.unshift(() => gateway.stop());
  return {
    url: localUrl(gateway),
    async stop() {
      for (const stop of stops) await stop();
    },
  };
}
