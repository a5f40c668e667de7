import type { Logger } from 'pino';
import type { Database } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { RequestContext } from '#platform/graphql';
import type { Clock } from '#platform/time';
import { buildFederatedSchema } from './build-schema.ts';
import type { Caller, IngestRequest, IngestResponse, SubgraphConnection } from './connection.ts';
import { Executor, type GraphQLRequest } from './executor.ts';
import { type FormattedResult, formatResult } from './format-errors.ts';
import { type Subgraph, takenKinds } from './subgraph.ts';

export interface SubgraphParts {
  database: Database;
  clock: Clock;
  logger: Logger;
}

/** A subgraph at work in this process. */
export class RunningSubgraph implements SubgraphConnection {
  readonly name: string;
  readonly ingestKinds: readonly string[];
  readonly directoryKinds: readonly string[];
  private readonly logger: Logger;

  private constructor(
    private readonly subgraph: Subgraph,
    private readonly executor: Executor,
    private readonly parts: SubgraphParts,
  ) {
    this.name = subgraph.name;
    const { ingestKinds, directoryKinds } = takenKinds(subgraph);
    this.ingestKinds = ingestKinds;
    this.directoryKinds = directoryKinds;
    this.logger = parts.logger.child({ service: subgraph.name });
  }

  static async start(subgraph: Subgraph, parts: SubgraphParts): Promise<RunningSubgraph> {
    return new RunningSubgraph(subgraph, new Executor(await buildFederatedSchema(subgraph)), parts);
  }

  async execute(request: GraphQLRequest, { identity, requestId }: Caller): Promise<FormattedResult> {
    const { database, clock } = this.parts;
    const context = new RequestContext({ identity, requestId, moment: clock.now(), database, clock });
    try {
      return formatResult(await this.executor.execute(request, context), this.logger.child({ requestId }));
    } finally {
      await context.close();
    }
  }

  async ingest(request: IngestRequest, { identity }: Caller): Promise<IngestResponse> {
    const stream = this.subgraph.ingest?.find(({ kind }) => kind === request.kind);
    if (!stream) throw new ServiceError('NOT_FOUND', `${this.name} takes no events of kind ${request.kind}.`);
    return stream.receive(request, { identity, database: this.parts.database, clock: this.parts.clock });
  }

  checkReady(): Promise<void> {
    return this.parts.database.ping();
  }
}
