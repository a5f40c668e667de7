import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import {
  connectionTypes,
  DateTime,
  FileLink,
  Period,
  SafeInt,
  Service,
  type ServiceName,
  UserError,
} from '#platform/graphql';
import { ReportFormat, ReportLocale, ReportOrigin, ReportStatus, ReportType } from './report.enums.ts';

@ObjectType({ description: 'Why a report could not be made.' })
export class ReportError {
  @Field({ description: 'Stable code for programs.' })
  code!: string;

  @Field({ description: 'What went wrong and what to do, for people.' })
  message!: string;

  @Field({ description: 'Whether generating it again may help.' })
  retryable!: boolean;
}

@ObjectType({ description: 'A file of figures that is made in the background.' })
export class Report {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field({ description: 'Its name, which its file bears too.' })
  name!: string;

  @Field(() => Service, { nullable: true, description: 'The service that it is about; null: all services.' })
  service!: ServiceName | null;

  @Field(() => ReportType, { description: 'What it shows.' })
  type!: keyof typeof ReportType;

  @Field(() => ReportFormat, { description: 'Form of its file.' })
  format!: keyof typeof ReportFormat;

  @Field(() => ReportLocale, { description: 'Language of labels and dates in its file.' })
  locale!: keyof typeof ReportLocale;

  @Field(() => ReportStatus, { description: 'Where it stands.' })
  status!: keyof typeof ReportStatus;

  @Field(() => ReportOrigin, { description: 'Who asked for it.' })
  origin!: keyof typeof ReportOrigin;

  @Field(() => Period, {
    description: 'What period it is of. asOf: everything received up to then is in its file; null before.',
  })
  period!: Period;

  @Field(() => DateTime, { description: 'When it was asked for first.' })
  addedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When its file was made last; null before the first time.' })
  formedAt!: string | null;

  @Field(() => Float, {
    description: 'Percent done, 0 to 100 while GENERATING; 100 where it is GENERATED, else where it stopped.',
  })
  progress!: number;

  @Field(() => Int, { description: 'How many times it was asked for: 1, and 1 more each time it is generated again.' })
  attempt!: number;

  @Field(() => ReportError, {
    nullable: true,
    description: 'Why it could not be made; null unless its status is ERROR.',
  })
  error!: ReportError | null;

  @Field(() => SafeInt, {
    nullable: true,
    description: 'Rows in its file, over all sheets, without headers and totals; null before the first file.',
  })
  rowCount!: number | null;

  @Field(() => FileLink, {
    nullable: true,
    description:
      'Its file; while it is generated again, the earlier one. Null while there is none, and for tokens that may not see its ' +
      'figures: PAYMENTS needs billing:read, every other type stats:read.',
  })
  file!: FileLink | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its file is removed, or was; null before the first file.',
  })
  expiresAt!: string | null;
}

@ObjectType({ description: 'How many reports there are, for the buttons that choose a status.' })
export class ReportCounts {
  @Field(() => SafeInt, { description: 'Of any status.' })
  all!: number;

  @Field(() => SafeInt, { description: 'Ready.' })
  generated!: number;

  @Field(() => SafeInt, { description: 'Waiting or being made.' })
  generating!: number;

  @Field(() => SafeInt, { description: 'Could not be made.' })
  error!: number;
}

const { Connection } = connectionTypes(Report, 'reports');

@ObjectType({ description: 'A page of a list of reports.' })
export class ReportConnection extends Connection {
  @Field(() => ReportCounts, { description: 'The same filter without its statuses.' })
  counts(): Promise<ReportCounts> {
    return this.countByStatus();
  }

  countByStatus!: () => Promise<ReportCounts>;
}

@ObjectType({ description: 'What became of a request for a report.' })
export class GenerateReportPayload {
  @Field(() => Report, { nullable: true, description: 'The report as it stands now; null where it was refused.' })
  report!: Report | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What became of a deletion.' })
export class DeleteReportPayload {
  @Field(() => ID, { nullable: true, description: 'The report that is gone now; null where it was refused.' })
  deletedId!: string | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}
