export { buildFederatedSchema, printFederatedSchema } from './build-schema.ts';
export type { Caller, IngestRequest, IngestResponse, OpenedFile, SubgraphConnection } from './connection.ts';
export { Executor, type GraphQLRequest } from './executor.ts';
export type { FormattedResult } from './format-errors.ts';
export { type HttpConnectionOptions, HttpSubgraphConnection } from './http-connection.ts';
export { INGEST_ROUTE, ingestKindOf, leaveBodiesUnread, readIngestRequest } from './ingest-request.ts';
export { RunningSubgraph, type SubgraphParts } from './running-subgraph.ts';
export { type FileOwner, type ReferenceResolver, type Subgraph, takenKinds } from './subgraph.ts';
export { type SubgraphServer, type SubgraphServerOptions, startSubgraphServer } from './subgraph-server.ts';
