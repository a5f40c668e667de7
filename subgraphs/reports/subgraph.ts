import type { Subgraph } from '#platform/federation';
import { findFile } from '#platform/files';
import { CreateReports1764000000020 } from './migrations/1764000000020-create-reports.ts';
import { ScheduleReports1764000000120 } from './migrations/1764000000120-schedule-reports.ts';
import { EXPIRE_REPORTS } from './reports/expire-reports.job.ts';
import { GENERATE_REPORT } from './reports/generate-report.job.ts';
import { ReportMutationsResolver } from './reports/report-mutations.resolver.ts';
import { ReportsResolver } from './reports/reports.resolver.ts';
import { REPORT_WATCH } from './schedules/report-watch.ts';
import { SchedulesResolver } from './schedules/schedules.resolver.ts';

/** Files of figures, made in the background from the graph. */
export const reports: Subgraph = {
  name: 'reports',
  schema: 'reports',
  resolvers: [ReportsResolver, ReportMutationsResolver, SchedulesResolver],
  migrations: [CreateReports1764000000020, ScheduleReports1764000000120],
  files: { find: findFile },
  jobs: [GENERATE_REPORT, EXPIRE_REPORTS],
  watches: [REPORT_WATCH],
};
