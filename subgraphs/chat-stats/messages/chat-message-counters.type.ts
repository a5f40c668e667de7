import { Field, Float, ObjectType } from 'type-graphql';
import { Money, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import type { Sums } from '#platform/statistics';
import type { ChatMessageFact } from './chat-message.fact.ts';

@ObjectType({ description: 'Totals of chat messages.' })
export class ChatMessageCounters {
  @Field(() => SafeInt, { description: 'Messages sent in the period; 0 where there are none.' })
  total: number;

  @Field(() => SafeInt, { description: 'Messages of clients.' })
  fromClients: number;

  @Field(() => SafeInt, { description: 'Messages of bots.' })
  fromBots: number;

  @Field(() => SafeInt, { description: 'Messages of operators.' })
  fromOperators: number;

  @Field(() => Money, { description: 'Sum of the prices, net; messages without a price add nothing.' })
  price: Money;

  constructor(sums: Sums<ChatMessageFact>, currency: string) {
    this.total = Number(sums.total);
    this.fromClients = Number(sums.fromClients);
    this.fromBots = Number(sums.fromBots);
    this.fromOperators = Number(sums.fromOperators);
    this.price = { amount: formatAmount(sums.price, currency), currency };
  }
}

@ObjectType({ description: 'One line of chat messages grouped by dimensions.' })
export class ChatMessageBreakdown {
  @Field(() => [String], {
    description: 'Values of the dimensions, in the order of `by`; the empty string where a message has no value.',
  })
  keys!: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a message has no value.' })
  labels!: readonly string[];

  @Field(() => ChatMessageCounters, { description: 'Totals of the messages with these keys.' })
  counters!: ChatMessageCounters;

  @Field(() => Float, {
    nullable: true,
    description: 'Percent of `total` over all lines, those left out by `first` included; null where that is 0.',
  })
  share!: number | null;
}
