import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { SubgraphSettings } from '#platform/config';
import type { Database } from '#platform/database';
import { ServiceError } from '#platform/errors';
import type { Files } from '#platform/files';
import { RequestContext } from '#platform/graphql';
import { requireCompany } from '#platform/identity';
import type { GraphClient, JobQueue } from '#platform/jobs';
import type { Clock } from '#platform/time';
import { buildFederatedSchema } from './build-schema.ts';
import type { Caller, IngestRequest, IngestResponse, OpenedFile, SubgraphConnection } from './connection.ts';
import { Executor, type GraphQLRequest } from './executor.ts';
import { type FormattedResult, formatResult } from './format-errors.ts';
import { type Subgraph, takenKinds } from './subgraph.ts';

export interface SubgraphParts {
  config: SubgraphSettings;
  database: Database;
  files: Files;
  /** Of a subgraph that declares jobs. */
  jobs?: JobQueue;
  /** Of a subgraph that declares jobs. */
  graph?: GraphClient;
  clock: Clock;
  logger: Logger;
  /** Makes ids that nobody has had yet; default: random UUIDs. */
  newId?: () => string;
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
    const { config, database, files, jobs, graph, clock, newId = randomUUID } = this.parts;
    const logger = this.logger.child({ requestId });
    const moment = clock.now();
    const context = new RequestContext({
      identity,
      requestId,
      moment,
      config,
      database,
      files,
      jobs,
      graph,
      clock,
      logger,
      newId,
    });
    try {
      return formatResult(await this.executor.execute(request, context), logger);
    } finally {
      await context.close();
    }
  }

  async ingest(request: IngestRequest, { identity }: Caller): Promise<IngestResponse> {
    const stream = this.subgraph.ingest?.find(({ kind }) => kind === request.kind);
    if (!stream) throw new ServiceError('NOT_FOUND', `${this.name} takes no events of kind ${request.kind}.`);
    const { database, clock, config } = this.parts;
    return stream.receive(request, { identity, database, clock, config });
  }

  async openFile(fileId: string, { identity }: Caller): Promise<OpenedFile | undefined> {
    const { database, files } = this.parts;
    const { files: owner } = this.subgraph;
    const file = owner && (await database.read(requireCompany(identity), (open) => owner.find(open, fileId)));
    return file && { ...file, read: (range) => files.store.read(file.id, range) };
  }

  checkReady(): Promise<void> {
    return this.parts.database.ping();
  }
}
