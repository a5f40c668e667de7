import { Field, Float, ObjectType } from 'type-graphql';
import { Money, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { percent } from '#platform/numbers';
import type { CountedLine } from '#platform/statistics';
import type { MessageFact } from './message.fact.ts';

@ObjectType({ description: 'Totals of messages.' })
export class MessageCounters {
  @Field(() => SafeInt, { description: 'Channel attempts of any status; 0 where there are none.' })
  total: number;

  @Field(() => SafeInt, { description: 'Messages handed to a provider: those with a time of sending.' })
  sent: number;

  @Field(() => SafeInt, { description: 'Messages sent whose status is DELIVERED.' })
  delivered: number;

  @Field(() => SafeInt, {
    description: "Parts of the SMS messages sent. The provider's count wins over the one computed from the text.",
  })
  smsParts: number;

  @Field(() => Money, {
    description: 'Sum of the prices of the messages sent, net; messages without a price add nothing.',
  })
  price: Money;

  @Field(() => SafeInt, {
    description: 'Messages sent whose price is not known yet. While it is above 0, price is incomplete.',
  })
  unpriced: number;

  @Field(() => Float, {
    nullable: true,
    description: 'delivered / sent in percent, one decimal, rounded half-up; null where nothing was sent.',
  })
  deliveryRate: number | null;

  constructor(
    private readonly line: Pick<CountedLine<MessageFact>, 'sums' | 'distinct'>,
    currency: string,
  ) {
    const { sums } = line;
    this.total = Number(sums.total);
    this.sent = Number(sums.sent);
    this.delivered = Number(sums.delivered);
    this.smsParts = Number(sums.smsParts);
    this.price = { amount: formatAmount(sums.price, currency), currency };
    this.unpriced = Number(sums.unpriced);
    this.deliveryRate = percent(sums.delivered, sums.sent);
  }

  @Field(() => SafeInt, {
    description:
      'Different notifications among the messages counted by total: a cascade over several channels counts once. ' +
      'Exact, and not additive: lines and buckets do not add up to the whole.',
  })
  notifications(): Promise<number> {
    return this.line.distinct('notifications');
  }
}

@ObjectType({ description: 'One line of messages grouped by dimensions.' })
export class MessageBreakdown {
  @Field(() => [String], {
    description: 'Values of the dimensions, in the order of `by`; the empty string where a message has no value.',
  })
  keys!: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a message has no value.' })
  labels!: readonly string[];

  @Field(() => MessageCounters, { description: 'Totals of the messages with these keys.' })
  counters!: MessageCounters;

  @Field(() => Float, {
    nullable: true,
    description: 'Percent of `total` over all lines, those left out by `first` included; null where that is 0.',
  })
  share!: number | null;
}
