export { type GraphCaller, type GraphClient, type HttpGraphClientOptions, httpGraphClient } from './graph-client.ts';
export type { Job, JobContext } from './job.ts';
export { JobQueue } from './job-queue.ts';
export { JobRunner, type JobRunnerOptions } from './job-runner.ts';
export type { JobWatch } from './job-watch.ts';
export { type JobOwner, provisionJobs } from './provision-jobs.ts';
