import { roleUrl } from '#platform/database';
import { localUrl, openGateway } from '../../scripts/open-gateway.ts';
import { openSubgraphs } from '../../scripts/open-subgraph.ts';
import type { Service, ServiceOptions } from '../../scripts/service.ts';
import { SUBGRAPHS } from '../../scripts/subgraphs.ts';
import { behindHttp } from './http-subgraph.ts';

/** The service with every subgraph behind an HTTP server of its own: what is asked and sent takes the way of separate services. */
export async function startServices(options: ServiceOptions): Promise<Service> {
  const { config, clock } = options;
  const subgraphs = await openSubgraphs(SUBGRAPHS, ({ schema }) => ({
    ...options,
    databaseUrl: roleUrl(options.ownerUrl, schema, options.roleSecret),
  }));
  const behind = await Promise.all(
    subgraphs.map(({ running }) => behindHttp(running, { clock, timeoutMs: config.SUBGRAPH_TIMEOUT_MS })),
  );
  const gateway = await openGateway({ ...options, connections: behind.map(({ connection }) => connection) });
  return {
    url: localUrl(gateway),
    async stop() {
      await gateway.stop();
      await Promise.all(behind.map((subgraph) => subgraph.stop()));
      await Promise.all(subgraphs.map((subgraph) => subgraph.close()));
    },
  };
}
