import { Field, Float, ObjectType } from 'type-graphql';
import { Money, SafeInt } from '#platform/graphql';
import { formatAmount } from '#platform/money';
import { percent, roundHalfUp } from '#platform/numbers';
import type { CountedLine } from '#platform/statistics';
import type { CallFact } from './call.fact.ts';

@ObjectType({ description: 'Totals of calls. A call counts once, however many legs it has.' })
export class CallCounters {
  @Field(() => SafeInt, { description: 'Calls of any status; 0 where there are none.' })
  total: number;

  @Field(() => SafeInt, { description: 'Calls that were answered, those that are still going on included.' })
  answered: number;

  @Field(() => SafeInt, {
    description:
      'Seconds from answer to end of answered calls, hold included: the billed seconds, whole seconds a call. ' +
      'A call that is still going on adds 0.',
  })
  talkSeconds: number;

  @Field(() => SafeInt, { description: 'Seconds on hold; part of talkSeconds.' })
  holdSeconds: number;

  @Field(() => SafeInt, { description: 'Seconds of work after the calls.' })
  wrapUpSeconds: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Average handling time: (talkSeconds + wrapUpSeconds) / answered, seconds, three decimals; null where none was answered.',
  })
  averageHandlingSeconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Answer-seizure ratio: answered calls in percent of all calls but those IN_PROGRESS, one decimal; null where there are none.',
  })
  answerSeizureRatio: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Average call duration: talkSeconds / answered, seconds, three decimals; null where none was answered.',
  })
  averageCallSeconds: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Network effectiveness ratio (ITU-T E.425): ANSWERED, BUSY, NO_ANSWER and REJECTED calls in percent of all calls but ' +
      'those IN_PROGRESS, one decimal; null where there are none.',
  })
  networkEffectivenessRatio: number | null;

  @Field(() => Money, { description: 'Sum of the prices of all legs, net; legs without a price add nothing.' })
  price: Money;

  constructor(
    private readonly line: Pick<CountedLine<CallFact>, 'sums' | 'distinct'>,
    currency: string,
  ) {
    const { sums } = line;
    this.total = Number(sums.total);
    this.answered = Number(sums.answered);
    this.talkSeconds = Number(sums.talkSeconds);
    this.holdSeconds = Number(sums.holdSeconds);
    this.wrapUpSeconds = Number(sums.wrapUpSeconds);
    this.averageHandlingSeconds = roundHalfUp(sums.talkSeconds + sums.wrapUpSeconds, sums.answered, 3);
    this.answerSeizureRatio = percent(sums.answered, sums.seizures);
    this.averageCallSeconds = roundHalfUp(sums.talkSeconds, sums.answered, 3);
    this.networkEffectivenessRatio = percent(sums.reached, sums.seizures);
    this.price = { amount: formatAmount(sums.price, currency), currency };
  }

  @Field(() => SafeInt, {
    description:
      'Different numbers called or calling; calls without a number are not in it. Exact, and not additive: lines and buckets ' +
      'do not add up to the whole.',
  })
  contacts(): Promise<number> {
    return this.line.distinct('contacts');
  }

  @Field(() => SafeInt, { description: 'Different numbers with at least one answered call. Exact, and not additive.' })
  contactsReached(): Promise<number> {
    return this.line.distinct('contactsReached');
  }
}

@ObjectType({ description: 'One line of calls grouped by dimensions.' })
export class CallBreakdown {
  @Field(() => [String], {
    description: 'Values of the dimensions, in the order of `by`; the empty string where a call has no value.',
  })
  keys!: readonly string[];

  @Field(() => [String], { description: 'Names of the keys for people; (none) where a call has no value.' })
  labels!: readonly string[];

  @Field(() => CallCounters, { description: 'Totals of the calls with these keys.' })
  counters!: CallCounters;

  @Field(() => Float, {
    nullable: true,
    description: 'Percent of `total` over all lines, those left out by `first` included; null where that is 0.',
  })
  share!: number | null;
}
