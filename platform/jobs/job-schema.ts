import type { Job } from './job.ts';

/** A worker that is silent for this long is taken for dead, and its job is given to another one. */
export const HEARTBEAT_SECONDS = 30;

/** The schema of a subgraph's queue in the database, beside its own. */
export const jobSchema = (schema: string) => `${schema}_jobs`;

/** The queue that takes a job whose tries are used up. */
export const givenUpQueue = (job: Pick<Job, 'name'>) => `${job.name}-given-up`;
