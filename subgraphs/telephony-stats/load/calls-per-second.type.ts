import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, DateTime, SafeInt } from '#platform/graphql';
import { roundHalfUp } from '#platform/numbers';
import type { Buckets } from '#platform/time';
import { Trunk } from '../trunks/trunk.type.ts';
import type { TrunkLoad } from './read-calls-per-second.ts';

/** What a line is made of: the trunk's figures over the period and by bucket, and the trunk itself. */
export interface CallsPerSecondParts {
  readonly load: TrunkLoad;
  readonly peakAt: string;
  readonly buckets: Buckets;
  readonly readTrunk: () => Promise<Trunk>;
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
    const calls = load.calls.reduce((sum, count) => sum + count, 0);
    this.average = perSecond(calls, buckets.boundaries[0], buckets.boundaries.at(-1));
  }

  @Field(() => Trunk, { description: 'The trunk, with its limit.' })
  trunk(): Promise<Trunk> {
    return this.parts.readTrunk();
  }

  @Field(() => [SafeInt], {
    description: 'Most legs started within one clock second, by bucket; 0 where there are none.',
  })
  peakSeries(): readonly number[] {
    return this.parts.load.peaks;
  }

  @Field(() => [Float], { description: 'Legs started in the bucket / its seconds, three decimals.' })
  averageSeries(): number[] {
    const { load, buckets } = this.parts;
    const { boundaries } = buckets;
    return load.calls.map((count, bucket) => perSecond(count, boundaries[bucket], boundaries[bucket + 1]));
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
