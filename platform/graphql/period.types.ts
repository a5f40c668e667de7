import { Directive, Field, InputType, ObjectType } from 'type-graphql';
import type {
  Comparison as ComparisonName,
  Granularity as GranularityName,
  PeriodPreset as PresetName,
} from '#platform/time';
import { describedEnum } from './enums.ts';
import { DateTime, LocalDate, LocalTime, TimeZone } from './scalars.ts';

export const PeriodPreset = describedEnum<PresetName>(
  'PeriodPreset',
  'A period that is counted from the moment of the request, in the time zone of the period. Running periods end at the ' +
    'first whole minute after the request.',
  {
    LAST_15_MINUTES: 'The last 15 minutes.',
    LAST_30_MINUTES: 'The last 30 minutes.',
    LAST_60_MINUTES: 'The last 60 minutes.',
    TODAY: 'From local midnight until now.',
    YESTERDAY: 'The whole local day before today.',
    THIS_WEEK: 'From local Monday until now.',
    LAST_WEEK: 'The whole week, Monday to Sunday, before this one.',
    THIS_MONTH: 'From the first of the month until now.',
    LAST_MONTH: 'The whole month before this one.',
    LAST_7_DAYS: 'Today until now and the 6 whole local days before.',
    LAST_30_DAYS: 'Today until now and the 29 whole local days before.',
    LAST_90_DAYS: 'Today until now and the 89 whole local days before.',
    THIS_YEAR: 'From 1 January until now.',
    LAST_YEAR: 'The whole year before this one.',
    LAST_365_DAYS: 'Today until now and the 364 whole local days before.',
  },
);

export const Granularity = describedEnum<GranularityName>(
  'Granularity',
  'Width of the buckets of a series, in local time of the period. A bucket is cut by the ends of the period.',
  {
    MINUTE: 'One minute; the period spans at most 3 days.',
    FIVE_MINUTES: 'Five minutes; the period spans at most 14 days.',
    QUARTER_HOUR: 'Fifteen minutes.',
    HOUR: 'One local hour; an hour that daylight saving repeats is two buckets.',
    DAY: 'One local day, of 23, 24 or 25 hours.',
    WEEK: 'Monday to Sunday.',
    MONTH: 'One calendar month.',
    QUARTER: 'Three calendar months, from January, April, July or October.',
    YEAR: 'One calendar year.',
  },
);

export const Comparison = describedEnum<ComparisonName>('Comparison', 'Which earlier period is compared with.', {
  PREVIOUS_PERIOD:
    'The period directly before: of a preset the preceding unit cut at the same local time, of dates as many local days, of a range the same duration.',
  SAME_PERIOD_LAST_WEEK: 'Both ends 7 local days earlier.',
  SAME_PERIOD_LAST_YEAR: 'Both ends one year earlier in the local calendar.',
});

@InputType({ description: 'A half-open period between two instants.' })
export class RangeInput {
  @Field(() => DateTime, { description: 'First instant of the period.' })
  from!: number;

  @Field(() => DateTime, { description: 'First instant after the period.' })
  to!: number;
}

@InputType({ description: 'Whole local days, as a date picker gives them.' })
export class DatesInput {
  @Field(() => LocalDate, { description: 'First day of the period.' })
  startDate!: string;

  @Field(() => LocalDate, { description: 'Last day of the period; the whole day belongs to it.' })
  endDate!: string;

  @Field(() => LocalTime, {
    nullable: true,
    description: 'Local time on the first day at which the period begins; default 00:00.',
  })
  startTime?: string | null;
}

@InputType({ description: 'A period of time. Give exactly one of range, dates and preset.' })
export class PeriodInput {
  @Field(() => RangeInput, { nullable: true, description: 'Between two instants.' })
  range?: RangeInput | null;

  @Field(() => DatesInput, { nullable: true, description: 'Whole local days.' })
  dates?: DatesInput | null;

  @Field(() => PeriodPreset, { nullable: true, description: 'Counted from now.' })
  preset?: PresetName | null;

  @Field(() => TimeZone, { nullable: true, description: "Zone of local days and times; default: the company's own." })
  timeZone?: string | null;
}

@Directive('@shareable')
@ObjectType({ description: 'The period that was asked for, resolved to instants: [from, to).' })
export class Period {
  @Field(() => DateTime, { description: 'First instant of the period.' })
  from!: string;

  @Field(() => DateTime, { description: 'First instant after the period.' })
  to!: string;

  @Field(() => TimeZone, { description: 'Zone in which local days and times were understood.' })
  timeZone!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The last commit of events that these figures include; null before the first. A later read of the same from and to ' +
      'with the same asOf gives the same figures.',
  })
  asOf!: string | null;
}

@Directive('@shareable')
@ObjectType({ description: 'One interval of a series: [start, end).' })
export class Bucket {
  @Field(() => DateTime, { description: 'First instant of the bucket.' })
  start!: string;

  @Field(() => DateTime, { description: 'First instant after the bucket.' })
  end!: string;

  @Field({ description: 'Cut off by the period, or not over yet.' })
  partial!: boolean;
}
