import { Field, InputType } from 'type-graphql';
import { PeriodInput, Service, type ServiceName } from '#platform/graphql';
import { ReportFormat, ReportLocale, ReportType } from './report.enums.ts';

@InputType({ description: 'A report to make.' })
export class GenerateReportInput {
  @Field(() => String, {
    nullable: true,
    description: 'Its name, of 1 to 200 characters; default: made from the service, type and period.',
  })
  name?: string | null;

  @Field(() => Service, { nullable: true, description: 'Null: all services (PAYMENTS and SUMMARY only).' })
  service?: ServiceName | null;

  @Field(() => ReportType, { description: 'What it is to show.' })
  type!: keyof typeof ReportType;

  @Field(() => PeriodInput, { description: 'Which period.' })
  period!: PeriodInput;

  @Field(() => ReportFormat, { nullable: true, description: 'Form of the file; default XLSX.' })
  format?: keyof typeof ReportFormat | null;

  @Field(() => ReportLocale, { nullable: true, description: 'Language of labels and dates; default EN.' })
  locale?: keyof typeof ReportLocale | null;

  @Field({
    description:
      'Of 1 to 128 characters, made by the client for this one report: the same key with the same input gives the same report.',
  })
  idempotencyKey!: string;
}
