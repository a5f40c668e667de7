import type { Logger } from 'pino';
import type { SubgraphSettings } from '#platform/config';
import type { CompanyId, Database } from '#platform/database';
import type { Files } from '#platform/files';
import type { Clock } from '#platform/time';
import type { GraphClient } from './graph-client.ts';
import type { JobQueue } from './job-queue.ts';

/** What a job works with. It is of one company, as a request is. */
export interface JobContext {
  readonly companyId: CompanyId;
  readonly config: SubgraphSettings;
  readonly database: Database;
  /** For jobs that this one makes necessary. */
  readonly jobs: JobQueue;
  readonly files: Files;
  /** Asks the graph for the job's company, by the rules of every client. */
  readonly graph: GraphClient;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Aborted where the job is to be given back: the service stops, or the lease went to somebody else. */
  readonly signal: AbortSignal;
}

/**
 * Work of a subgraph that outlives a request; declared in its manifest. A job may run more than once, also after it has
 * done all of its work, and must make no difference then. Payloads are JSON and hold ids, never figures or names.
 */
export interface Job<Payload extends object = object> {
  /** Name of its queue, unique in the subgraph: lower-case words with hyphens. */
  readonly name: string;
  /** Tries after the first one. */
  readonly retryLimit: number;
  /** Wait before the second try; it doubles with every further one. */
  readonly retryDelaySeconds: number;
  /** How many of them one process works at; default: one at a time. */
  readonly concurrency?: number;
  /** How many of one company one process works at, so that nobody waits for somebody else's long ones; default: all of them. */
  readonly companyConcurrency?: number;
  /** A try that takes longer is taken for lost, and the job is tried again. */
  readonly leaseSeconds: number;
  run(payload: Payload, context: JobContext): Promise<void>;
  /** Called once the last try has failed or its worker has died, so that nobody waits for ever. */
  giveUp(payload: Payload, context: JobContext): Promise<void>;
}
