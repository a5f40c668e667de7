import { type Service, type ServiceOptions, startParts } from '../../scripts/service.ts';
import { behindHttp } from './http-subgraph.ts';

/** The service with every subgraph behind an HTTP server of its own: what is asked and sent takes the way of separate services. */
export function startServices(options: ServiceOptions): Promise<Service> {
  const { config, clock } = options;
  return startParts(options, ({ running }) => behindHttp(running, { clock, timeoutMs: config.SUBGRAPH_TIMEOUT_MS }));
}
