import { Arg, Field, Int, ObjectType } from 'type-graphql';
import { Granularity, toBuckets } from '#platform/graphql';
import type { FactQuery } from '#platform/statistics';
import { ChatDimension } from './chat.enums.ts';
import type { DialogueFact } from './dialogue.fact.ts';
import { DialogueBreakdown, DialogueCounters } from './dialogue-counters.type.ts';
import { DialogueSeries, DialogueSeriesLine } from './dialogue-series.type.ts';

@ObjectType({ description: 'The dialogues that started in a period and pass a filter.' })
export class DialogueStats {
  constructor(
    private readonly query: FactQuery<DialogueFact>,
    private readonly timeZone: string,
  ) {}

  @Field(() => DialogueCounters, { description: 'Totals of all these dialogues.' })
  async counters(): Promise<DialogueCounters> {
    return new DialogueCounters(await this.query.totals());
  }

  @Field(() => [DialogueBreakdown], {
    description:
      'Totals by dimensions: a line for every combination of values that occurs, the largest total first. By OPERATOR a dialogue ' +
      'is in the line of everybody who wrote in it, so that lines do not add up.',
  })
  async breakdown(
    @Arg('by', () => [ChatDimension], {
      description: 'At least one dimension: CHAT, MESSENGER, BOT, GROUP, HANDLED_BY or OPERATOR.',
    })
    by: (keyof typeof ChatDimension)[],
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<DialogueBreakdown[]> {
    const lines = await this.query.breakdown(by, first);
    return lines.map((line) => {
      const { keys, labels, share } = line;
      return Object.assign(new DialogueBreakdown(), { keys, labels, counters: new DialogueCounters(line), share });
    });
  }

  @Field(() => DialogueSeries, { description: 'Totals over time, by dimensions if wanted; at most 20,000 points.' })
  async series(
    @Arg('granularity', () => Granularity, { description: 'Width of the buckets.' })
    granularity: keyof typeof Granularity,
    @Arg('by', () => [ChatDimension], {
      nullable: true,
      description: 'Dimensions, as of the breakdown; a line for every combination of values.',
    })
    by?: (keyof typeof ChatDimension)[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'Most lines; default 100, at most 1000.' }) first?:
      | number
      | null,
  ): Promise<DialogueSeries> {
    const { series, labels } = await this.query.series(granularity, by, first);
    return Object.assign(new DialogueSeries(), {
      buckets: toBuckets(series.buckets, this.timeZone),
      lines: series.lines.map((line, index) => new DialogueSeriesLine(line, labels[index] ?? [])),
      omittedLines: series.omittedLines,
    });
  }
}
