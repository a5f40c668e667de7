import { Field, Float, ObjectType } from 'type-graphql';
import { Bucket, SafeInt } from '#platform/graphql';

@ObjectType({
  description:
    'Calls that are going on at once, from their start to their end. Legs count. Legs that still run count up to ' +
    '`period.asOf`, for MAX_CALL_HOURS (24 by default) at most.',
})
export class CallConcurrency {
  @Field(() => [Bucket], {
    description: 'The intervals, in order, without gaps from the start of the period to its end.',
  })
  buckets!: Bucket[];

  @Field(() => [SafeInt], {
    description: 'Most legs at one moment, by bucket; those that began in an earlier one included.',
  })
  peak!: number[];

  @Field(() => [Float], {
    description: 'Seconds of all legs within the bucket / seconds of the bucket (erlangs), three decimals.',
  })
  average!: number[];
}
