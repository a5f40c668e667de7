import type { Subgraph } from '#platform/federation';
import { findFile } from '#platform/files';
import { CreateReports1764000000020 } from './migrations/1764000000020-create-reports.ts';
import { GENERATE_REPORT } from './reports/generate-report.job.ts';
import { ReportMutationsResolver } from './reports/report-mutations.resolver.ts';
import { ReportsResolver } from './reports/reports.resolver.ts';

/** Files of figures, made in the background from the graph. */
export const reports: Subgraph = {
  name: 'reports',
  schema: 'reports',
  resolvers: [ReportsResolver, ReportMutationsResolver],
  migrations: [CreateReports1764000000020],
  files: { find: findFile },
  jobs: [GENERATE_REPORT],
};
