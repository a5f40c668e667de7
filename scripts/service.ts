import type { Logger } from 'pino';
import type { Config } from '#platform/config';
import { roleUrl } from '#platform/database';
import type { TokenVerifier } from '#platform/identity';
import type { Clock } from '#platform/time';
import type { Readiness } from '../gateway/health-routes.ts';
import { localUrl, openGateway } from './open-gateway.ts';
import { openSubgraphs } from './open-subgraph.ts';
import { SUBGRAPHS } from './subgraphs.ts';

export interface ServiceOptions {
  config: Config;
  /** Address of the owner of a database that is migrated; each subgraph connects with its own role. */
  ownerUrl: string;
  roleSecret: string;
  verifyToken: TokenVerifier;
  clock: Clock;
  logger: Logger;
  readiness: Readiness;
}

export interface Service {
  /** Address of the gateway, as a client on this machine reaches it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts all subgraphs and the gateway in this process. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const subgraphs = await openSubgraphs(SUBGRAPHS, ({ schema }) => ({
    ...options,
    databaseUrl: roleUrl(options.ownerUrl, schema, options.roleSecret),
  }));
  const closeSubgraphs = () => Promise.all(subgraphs.map((subgraph) => subgraph.close()));
  try {
    const gateway = await openGateway({ ...options, connections: subgraphs.map(({ running }) => running) });
    return {
      url: localUrl(gateway),
      async stop() {
        await gateway.stop();
        await closeSubgraphs();
      },
    };
  } catch (error) {
    await closeSubgraphs();
    throw error;
  }
}
