import type { FastifyInstance } from 'fastify';
import { INTERNAL_HEADER } from '#platform/identity';

/** Takes the internal header off everything that comes in: only the gateway writes it, and only towards subgraphs. */
export function stripInternalHeader(server: FastifyInstance): void {
  server.addHook('onRequest', async ({ raw }) => {
    delete raw.headers[INTERNAL_HEADER];
  });
}
