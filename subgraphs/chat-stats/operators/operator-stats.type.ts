import { Arg, Field, ID, Int, ObjectType } from 'type-graphql';
import { requireKnownIds } from '#platform/directory';
import { Granularity, toBuckets } from '#platform/graphql';
import type { ChatQuestion } from '../dialogues/chat-population.ts';
import { OPERATORS } from '../directory/named-ids.ts';
import { OperatorBreakdown } from './operator-breakdown.type.ts';
import { readOperatorCourse, readOperatorTotals } from './operator-course.ts';
import { OperatorInterval } from './operator-interval.type.ts';
import { ofOperators, readOperatorPopulation } from './operator-population.ts';
import { OperatorSeries, OperatorSeriesLine } from './operator-series.type.ts';
import { readTimeline } from './operator-timeline.ts';

const FIRST = { nullable: true, description: 'Most operators; default 100, at most 1000.' } as const;

@ObjectType({
  description:
    'The work of operators in a period. operatorIds and groupIds of the filter choose whose: members of the groups in the directory ' +
    'now, and where both are given those whom both name. The rest of the filter narrows dialogues and messages, never time online.',
})
export class OperatorStats {
  constructor(private readonly question: ChatQuestion) {}

  @Field(() => [OperatorBreakdown], {
    description: 'A line for everybody who did anything in the period: most messages first, then by id.',
  })
  async breakdown(@Arg('first', () => Int, FIRST) first?: number | null): Promise<OperatorBreakdown[]> {
    const totals = await readOperatorTotals(await readOperatorPopulation(this.question), first);
    return totals.operatorIds.map((operatorId) => new OperatorBreakdown(totals, operatorId));
  }

  @Field(() => OperatorSeries, { description: 'The same operators over time; at most 20,000 points.' })
  async series(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
    @Arg('first', () => Int, FIRST) first?: number | null,
  ): Promise<OperatorSeries> {
    const course = await readOperatorCourse(await readOperatorPopulation(this.question), granularity, first);
    return Object.assign(new OperatorSeries(), {
      buckets: toBuckets(course.buckets, this.question.period.timeZone),
      lines: course.operatorIds.map((operatorId) => new OperatorSeriesLine(course, operatorId)),
      omittedLines: course.omitted,
    });
  }

  @Field(() => [OperatorInterval], {
    description:
      'States within the period, cut to it, by the id of the operator and by time, without a gap; at most 20,000. Operators who have ' +
      'had no state up to its end are not in it.',
  })
  async timeline(
    @Arg('operatorIds', () => [ID], {
      nullable: true,
      description: 'Only these, of those that the filter lets through; default: all of them.',
    })
    operatorIds?: string[] | null,
  ): Promise<OperatorInterval[]> {
    const { transaction, period } = this.question;
    await requireKnownIds(transaction, OPERATORS, operatorIds, ['operatorIds']);
    const all = await readOperatorPopulation(this.question);
    const stretches = await readTimeline(operatorIds?.length ? ofOperators(all, operatorIds) : all);
    return stretches.map((stretch) => new OperatorInterval(stretch, period.timeZone));
  }
}
