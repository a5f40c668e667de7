import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime, Service, type ServiceName, UserError } from '#platform/graphql';
import { ReportFormat, ReportLocale, ReportOrigin, ReportType } from '../reports/report.enums.ts';
import { ScheduleFrequency } from './schedule.enums.ts';

@ObjectType({ description: 'A report that is made again and again, each time of the period that has just ended.' })
export class ReportSchedule {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'Its name, with which the names of its reports begin.' })
  name!: string;

  @Field(() => Service, { nullable: true, description: 'The service that its reports are about; null: all services.' })
  service!: ServiceName | null;

  @Field(() => ReportType, { description: 'What its reports show.' })
  type!: keyof typeof ReportType;

  @Field(() => ScheduleFrequency, { description: 'How often a report is made.' })
  frequency!: keyof typeof ScheduleFrequency;

  @Field(() => ReportFormat, { description: 'Form of the files.' })
  format!: keyof typeof ReportFormat;

  @Field(() => ReportLocale, { description: 'Language of labels and dates in the files.' })
  locale!: keyof typeof ReportLocale;

  @Field(() => ReportOrigin, { description: 'Who made it: SYSTEM is what every company has, until it is stopped.' })
  origin!: keyof typeof ReportOrigin;

  @Field(() => DateTime, {
    description:
      'When the next report is asked for: some hours after the local end of its period (REPORT_DELAY_HOURS), so that late ' +
      'events are in it.',
  })
  nextRunAt!: string;
}

@InputType({ description: 'A schedule to make.' })
export class ScheduleReportInput {
  @Field({
    description:
      'Of 1 to 128 characters, made by the client for this one schedule: the same key with the same input gives the same schedule.',
  })
  idempotencyKey!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name, of 1 to 200 characters; default: made from the service and type.',
  })
  name?: string | null;

  @Field(() => Service, { nullable: true, description: 'Null: all services (PAYMENTS and SUMMARY only).' })
  service?: ServiceName | null;

  @Field(() => ReportType, { description: 'What the reports are to show.' })
  type!: keyof typeof ReportType;

  @Field(() => ScheduleFrequency, { description: 'How often, in the time zone of the company.' })
  frequency!: keyof typeof ScheduleFrequency;

  @Field(() => ReportFormat, { nullable: true, description: 'Form of the files; default XLSX.' })
  format?: keyof typeof ReportFormat | null;

  @Field(() => ReportLocale, { nullable: true, description: 'Language of labels and dates; default EN.' })
  locale?: keyof typeof ReportLocale | null;
}

@ObjectType({ description: 'What became of a request for a schedule.' })
export class ScheduleReportPayload {
  @Field(() => ReportSchedule, { nullable: true, description: 'The schedule; null where it was refused.' })
  schedule!: ReportSchedule | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What became of stopping a schedule.' })
export class UnscheduleReportPayload {
  @Field(() => ID, { nullable: true, description: 'The schedule that is gone now; null where it was refused.' })
  unscheduledId!: string | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}
