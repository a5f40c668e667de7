import type { FastifyInstance } from 'fastify';
import type { SubgraphConnection } from '#platform/federation';

/** Whether what has to be done before the first request is done; set by whoever starts the service. */
export interface Readiness {
  ready: boolean;
}

/** /healthz: the process answers. /readyz: every subgraph can serve, and the first load is done. */
export function addHealthRoutes(
  server: FastifyInstance,
  connections: readonly SubgraphConnection[],
  readiness: Readiness,
): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const checks = await Promise.allSettled(connections.map((connection) => connection.checkReady()));
    const failed = connections.filter((_, index) => checks[index]?.status === 'rejected').map(({ name }) => name);
    if (readiness.ready && failed.length === 0) return { status: 'ready' };
    const status = readiness.ready ? 'failing' : 'starting';
    return reply.status(503).header('retry-after', '1').send({ status, failed });
  });
}
