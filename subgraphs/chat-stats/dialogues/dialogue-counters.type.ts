import { Field, Float, ObjectType } from 'type-graphql';
import { SafeInt } from '#platform/graphql';
import { largestRemainder } from '#platform/numbers';
import type { CountedLine } from '#platform/statistics';
import type { DialogueFact } from './dialogue.fact.ts';

const seconds = (what: string) =>
  `${what}, seconds with three decimals, rounded half-up; null where there was nothing to measure.`;

@ObjectType({ description: 'How long something took. Null where there was nothing to measure.' })
export class DurationStats {
  @Field(() => SafeInt, { description: 'How many were measured; 0 where none was.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: seconds('The mean') })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: seconds('The median, by linear interpolation') })
  median!: number | null;

  @Field(() => Float, { nullable: true, description: seconds('What 90 % did not exceed, by linear interpolation') })
  p90!: number | null;

  @Field(() => Float, { nullable: true, description: seconds('The longest') })
  max!: number | null;
}

const PERCENT =
  'percent of total, one decimal; the three percentages add up to exactly 100. Null where there are no dialogues.';

@ObjectType({ description: 'Totals of dialogues.' })
export class DialogueCounters {
  @Field(() => SafeInt, { description: 'Dialogues that started in the period; 0 where there are none.' })
  total: number;

  @Field(() => SafeInt, { description: 'Dialogues in which the bot wrote and no operator did.' })
  byRobot: number;

  @Field(() => SafeInt, { description: 'Dialogues in which an operator wrote.' })
  byOperator: number;

  @Field(() => SafeInt, { description: 'Dialogues in which neither a bot nor an operator wrote.' })
  unhandled: number;

  @Field(() => Float, { nullable: true, description: `byRobot in ${PERCENT}` })
  byRobotPercent: number | null;

  @Field(() => Float, { nullable: true, description: `byOperator in ${PERCENT}` })
  byOperatorPercent: number | null;

  @Field(() => Float, { nullable: true, description: `unhandled in ${PERCENT}` })
  unhandledPercent: number | null;

  constructor(private readonly line: Pick<CountedLine<DialogueFact>, 'sums' | 'duration'>) {
    const { total, byRobot, byOperator, unhandled } = line.sums;
    this.total = Number(total);
    this.byRobot = Number(byRobot);
    this.byOperator = Number(byOperator);
    this.unhandled = Number(unhandled);
    const [robot = null, operator = null, nobody = null] = largestRemainder([byRobot, byOperator, unhandled]);
    this.byRobotPercent = robot;
    this.byOperatorPercent = operator;
    this.unhandledPercent = nobody;
  }

  @Field(() => DurationStats, {
    description:
      'First operator message minus first client message, of the dialogues in which a client wrote before the first message of ' +
      'an operator.',
  })
  async firstResponseSeconds(): Promise<DurationStats> {
    return Object.assign(new DurationStats(), await this.line.duration('firstResponse'));
  }
}

@ObjectType({ description: 'One line of dialogues grouped by dimensions.' })
export class DialogueBreakdown {
  @Field(() => [String], {
    description: 'Values of the dimensions, in the order of `by`; the empty string where a dialogue has no value.',
  })
  keys!: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a dialogue has no value.' })
  labels!: readonly string[];

  @Field(() => DialogueCounters, { description: 'Totals of the dialogues with these keys.' })
  counters!: DialogueCounters;

  @Field(() => Float, {
    nullable: true,
    description: 'Percent of all dialogues, those in lines left out by `first` included; null where there are none.',
  })
  share!: number | null;
}
