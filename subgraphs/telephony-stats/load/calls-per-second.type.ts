import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, DateTime, SafeInt } from '#platform/graphql';
import { roundHalfUp } from '#platform/numbers';
import type { Buckets } from '#platform/time';
import { Trunk } from '../trunks/trunk.type.ts';
import type { TrunkLoad, TrunkSeries } from './read-calls-per-second.ts';

/** What a line is made of: the trunk, its figures over the period, and those by bucket, read when first asked for. */
export interface CallsPerSecondParts {
  readonly load: TrunkLoad;
  readonly peakAt: string;
  readonly buckets: Buckets;
  readonly readTrunk: () => Promise<Trunk>;
  readonly readSeries: () => Promise<TrunkSeries>;
}

@ObjectType({ description: 'Calls that one trunk started in each second. Legs count, as they do for its limit.' })
export class CallsPerSecondLine {
  @Field(() => SafeInt, { description: 'Most legs started within one clock second, over the period.' })
  peak: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Beginning of the first such second; null where there is none.',
  })
  peakAt: string | null;

  @Field(() => Float, {
    description: 'Legs started in the period / its seconds, three decimals.',
  })
  average: number;

  constructor(private readonly parts: CallsPerSecondParts) {
    const { load, peakAt, buckets } = parts;
    this.peak = load.peak;
    this.peakAt = peakAt;
    this.average = perSecond(load.calls, buckets.boundaries[0], buckets.boundaries.at(-1));
  }

  @Field(() => Trunk, { description: 'The trunk, with its limit.' })
  trunk(): Promise<Trunk> {
    return this.parts.readTrunk();
  }

  @Field(() => [SafeInt], {
    description: 'Most legs started within one clock second, by bucket; 0 where there are none.',
  })
  async peakSeries(): Promise<number[]> {
    return (await this.parts.readSeries()).peaks;
  }

  @Field(() => [Float], { description: 'Legs started in the bucket / its seconds, three decimals.' })
  async averageSeries(): Promise<number[]> {
    const { boundaries } = this.parts.buckets;
    const { calls } = await this.parts.readSeries();
    return calls.map((count, bucket) => perSecond(count, boundaries[bucket], boundaries[bucket + 1]));
  }
}

function perSecond(calls: number, from = 0, to = 0): number {
  return roundHalfUp(1000 * calls, to - from, 3) ?? 0;
}

@ObjectType({ description: 'Calls started in each second, trunk by trunk.' })
export class CallsPerSecond {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [CallsPerSecondLine], {
    description:
      'One line a trunk that started a leg in the period, the greatest peak first, then by id. Legs without a trunk are in none.',
  })
  lines!: CallsPerSecondLine[];
}
