import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '#platform/graphql';
import { requireCompany, requireScope } from '#platform/identity';
import { resolvePeriod } from '#platform/time';
import { scopeOf } from '../contents/contents.ts';
import { deleteReport } from './delete-report.ts';
import { GenerateReportInput } from './generate-report-input.type.ts';
import { findOrdered, hashInput, orderReport } from './order-report.ts';
import { findReport } from './read-reports.ts';
import { regenerateReport } from './regenerate-report.ts';
import { DeleteReportPayload, GenerateReportPayload } from './report.type.ts';
import type { ReportFault } from './report-fields.ts';
import { orderFaults, type RequestedReport, toOrder } from './report-order.ts';
import { toReport, toUserError } from './to-report.ts';

@Resolver()
export class ReportMutationsResolver {
  @Authorized('reports:write')
  @Mutation(() => GenerateReportPayload, {
    nullable: true,
    description: 'Has a report made in the background. Needs the right to see its figures too.',
  })
  async generateReport(
    @Ctx() context: RequestContext,
    @Arg('input', () => GenerateReportInput, { description: 'The report.' }) input: GenerateReportInput,
  ): Promise<GenerateReportPayload> {
    requireScope(context.identity, scopeOf(input.type));
    const { companyId, requested, idempotency } = await readInput(context, input);
    const faults = orderFaults(requested, context.config.REPORT_MAX_DAYS);
    if (faults.length > 0) return { report: null, userErrors: faults.map(toUserError('input')) };
    const made = await context.write(companyId, async (transaction) => {
      const known = await findOrdered(transaction, idempotency);
      return known ?? orderReport(transaction, toOrder(requested), idempotency, { ...orderOptions(context) });
    });
    return answer(context, made, 'input');
  }

  @Authorized('reports:write')
  @Mutation(() => GenerateReportPayload, {
    nullable: true,
    description:
      'Has a report made anew, under its id and for the same period; its file stays until the new one is formed.',
  })
  async regenerateReport(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The report.' }) id: string,
  ): Promise<GenerateReportPayload> {
    const report = await findReport(await context.transaction(), id);
    if (report) requireScope(context.identity, scopeOf(report.type));
    const made = await context.write(requireCompany(context.identity), (transaction) =>
      regenerateReport(transaction, id, orderOptions(context)),
    );
    return answer(context, made);
  }

  @Authorized('reports:write')
  @Mutation(() => DeleteReportPayload, {
    nullable: true,
    description: 'Deletes a report and its file; one that is being made is not made any further.',
  })
  async deleteReport(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The report.' }) id: string,
  ): Promise<DeleteReportPayload> {
    const done = await context.write(requireCompany(context.identity), (transaction) =>
      deleteReport(transaction, id, context.jobs),
    );
    if ('code' in done) return { deletedId: null, userErrors: [toUserError()(done)] };
    if (done.fileId) await context.files.store.remove(done.fileId);
    return { deletedId: id, userErrors: [] };
  }
}

const orderOptions = ({ jobs, newId, clock }: RequestContext) => ({ jobs, newId, now: clock.now() });

async function readInput(context: RequestContext, input: GenerateReportInput) {
  const { id: companyId, timeZone } = await context.company();
  const { name = null, service = null, type, format, locale, period, idempotencyKey } = input;
  const asked = { name, service, type, format: format ?? 'XLSX', locale: locale ?? 'EN' } as const;
  const requested: RequestedReport = {
    ...asked,
    period: resolvePeriod(period, { timeZone, moment: context.moment, path: ['input', 'period'] }),
    idempotencyKey,
  };
  const { range, dates, preset } = period;
  const inputHash = hashInput(
    [
      ...Object.values(asked),
      range && [range.from, range.to],
      dates && [dates.startDate, dates.endDate, dates.startTime],
      preset,
      period.timeZone,
    ].map((value) => value ?? null),
  );
  return { companyId, requested, idempotency: { key: idempotencyKey, inputHash } };
}

async function answer(
  context: RequestContext,
  made: { id: string } | ReportFault | undefined,
  argument?: string,
): Promise<GenerateReportPayload> {
  if (made && 'code' in made) return { report: null, userErrors: [toUserError(argument)(made)] };
  const company = await context.company();
  const report = made && (await findReport(await context.transaction(), made.id));
  // Somebody may have deleted it in between.
  if (!report) return { report: null, userErrors: [] };
  return { report: toReport(report, company, context), userErrors: [] };
}
