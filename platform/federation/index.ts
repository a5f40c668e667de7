export { buildFederatedSchema, printFederatedSchema } from './build-schema.ts';
export type { Caller, IngestRequest, IngestResponse, OpenedFile, SubgraphConnection } from './connection.ts';
export { Executor, type GraphQLRequest } from './executor.ts';
export type { FormattedResult } from './format-errors.ts';
export { RunningSubgraph, type SubgraphParts } from './running-subgraph.ts';
export type { FileOwner, ReferenceResolver, Subgraph } from './subgraph.ts';
