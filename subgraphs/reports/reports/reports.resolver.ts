import { Arg, Args, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import { ServiceError } from '#platform/errors';
import { ConnectionArgs, type RequestContext, readPage } from '#platform/graphql';
import { countReports, listReports, REPORT_LIST } from './list-reports.ts';
import { findReport } from './read-reports.ts';
import { Report, ReportConnection } from './report.type.ts';
import { reportNotFound } from './report-fields.ts';
import { ReportFilter, reportRestrictions } from './report-filter.ts';
import { toReport } from './to-report.ts';

@Resolver()
export class ReportsResolver {
  @Authorized('reports:read')
  @Query(() => ReportConnection, {
    nullable: true,
    description: "The company's reports, those that were asked for last first, then by id descending.",
  })
  async reports(
    @Ctx() context: RequestContext,
    @Arg('filter', () => ReportFilter, { nullable: true, description: 'Which reports; default: all.' })
    filter: ReportFilter | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const company = await context.company();
    const restrictions = reportRestrictions(filter, company, context.moment);
    const page = readPage(args, REPORT_LIST);
    const transaction = await context.transaction();
    const { edges, ...rest } = await listReports(transaction, restrictions, page);
    return Object.assign(new ReportConnection(), {
      ...rest,
      edges: edges.map(({ cursor, node }) => ({ cursor, node: toReport(node, company, context) })),
      countByStatus: () => countReports(transaction, restrictions),
    });
  }

  @Authorized('reports:read')
  @Query(() => Report, { nullable: true, description: 'One report.' })
  async report(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Report> {
    const company = await context.company();
    const report = await findReport(await context.transaction(), id);
    if (!report) throw new ServiceError('NOT_FOUND', reportNotFound(id).message, { field: ['id'] });
    return toReport(report, company, context);
  }
}
