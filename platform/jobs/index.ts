export { type GraphCaller, type GraphClient, type HttpGraphClientOptions, httpGraphClient } from './graph-client.ts';
export type { DueWork, Job, JobContext } from './job.ts';
export { JobQueue } from './job-queue.ts';
export { JobRunner, type JobRunnerOptions } from './job-runner.ts';
export { type JobOwner, provisionJobs } from './provision-jobs.ts';
