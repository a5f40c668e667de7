import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '#platform/graphql';
import { requireCompany, requireScope } from '#platform/identity';
import { formatInstant } from '#platform/time';
import { scopeOf } from '../contents/contents.ts';
import { hashInput } from '../reports/order-report.ts';
import { keyFaults, nameFaults, serviceFaults } from '../reports/report-order.ts';
import { toUserError } from '../reports/to-report.ts';
import { findSchedule, listSchedules } from './read-schedules.ts';
import {
  ReportSchedule,
  ScheduleReportInput,
  ScheduleReportPayload,
  UnscheduleReportPayload,
} from './schedule.type.ts';
import { dueAt } from './schedule-calendar.ts';
import type { ScheduleOrder, StoredSchedule } from './schedule-fields.ts';
import { scheduleReport, unscheduleReport } from './schedule-report.ts';

@Resolver()
export class SchedulesResolver {
  @Authorized('reports:read')
  @Query(() => [ReportSchedule], {
    nullable: true,
    description:
      "The company's schedules: those of the system, which come to a new company within a minute, then its own, oldest first.",
  })
  async reportSchedules(@Ctx() context: RequestContext): Promise<ReportSchedule[]> {
    const { timeZone } = await context.company();
    const withSystem = context.config.REPORT_SYSTEM_SCHEDULES === 'on';
    const schedules = await listSchedules(await context.transaction(), withSystem);
    return schedules.map((schedule) => toSchedule(schedule, timeZone, context));
  }

  @Authorized('reports:write')
  @Mutation(() => ScheduleReportPayload, {
    nullable: true,
    description:
      'Has a report made again and again; the first one is of the period that is running now. Needs the right to see its ' +
      'figures too.',
  })
  async scheduleReport(
    @Ctx() context: RequestContext,
    @Arg('input', () => ScheduleReportInput, { description: 'The schedule.' }) input: ScheduleReportInput,
  ): Promise<ScheduleReportPayload> {
    requireScope(context.identity, scopeOf(input.type));
    const order = toOrder(input);
    const faults = [...serviceFaults(order), ...nameFaults(order.name), ...keyFaults(input.idempotencyKey)];
    if (faults.length > 0) return { schedule: null, userErrors: faults.map(toUserError('input')) };
    const { id: companyId, timeZone } = await context.company();
    const idempotency = { key: input.idempotencyKey, inputHash: hashInput(Object.values(order)) };
    const { newId, clock, config } = context;
    const options = { newId, now: clock.now(), timeZone, delayHours: config.REPORT_DELAY_HOURS };
    const made = await context.write(companyId, (transaction) =>
      scheduleReport(transaction, order, idempotency, options),
    );
    if ('code' in made) return { schedule: null, userErrors: [toUserError('input')(made)] };
    const schedule = await findSchedule(await context.transaction(), made.id);
    return { schedule: schedule ? toSchedule(schedule, timeZone, context) : null, userErrors: [] };
  }

  @Authorized('reports:write')
  @Mutation(() => UnscheduleReportPayload, {
    nullable: true,
    description: 'Stops a schedule, of the system or of its own; the reports that it has made stay.',
  })
  async unscheduleReport(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'The schedule.' }) id: string,
  ): Promise<UnscheduleReportPayload> {
    const done = await context.write(requireCompany(context.identity), (open) => unscheduleReport(open, id));
    if ('code' in done) return { unscheduledId: null, userErrors: [toUserError()(done)] };
    return { unscheduledId: done.id, userErrors: [] };
  }
}

function toOrder({ name, service, type, frequency, format, locale }: ScheduleReportInput): ScheduleOrder {
  return {
    name: name ?? null,
    service: service ?? null,
    type,
    frequency,
    format: format ?? 'XLSX',
    locale: locale ?? 'EN',
  };
}

function toSchedule({ nextDay, ...shown }: StoredSchedule, timeZone: string, { config }: RequestContext) {
  return { ...shown, nextRunAt: formatInstant(dueAt(nextDay, timeZone, config.REPORT_DELAY_HOURS), timeZone) };
}
