import { type ProvisionOptions, provision } from '#platform/database';
import { provisionJobs } from '#platform/jobs';
import { SUBGRAPHS } from './subgraphs.ts';

/** Makes the roles, schemas, tables and job queues of all subgraphs, or brings them up to date. */
export async function provisionService(options: Omit<ProvisionOptions, 'owners'>): Promise<void> {
  await provision({ ...options, owners: SUBGRAPHS });
  await provisionJobs(options.ownerUrl, SUBGRAPHS);
}
