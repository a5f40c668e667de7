import { Field, ID, InputType, Int } from 'type-graphql';
import { badInput } from '#platform/errors';
import { type DimensionOf, type Restriction, restrictionsOf } from '#platform/statistics';
import { CallDirection, CallStatus } from './call.enums.ts';
import type { CallFact } from './call.fact.ts';

@InputType({
  description: 'Which calls are counted. Null, an omitted field and an empty list all mean: no restriction.',
})
export class CallFilter {
  @Field(() => [CallDirection], { nullable: true, description: 'Of these directions.' })
  directions?: (keyof typeof CallDirection)[] | null;

  @Field(() => [CallStatus], { nullable: true, description: 'That now have one of these statuses.' })
  statuses?: (keyof typeof CallStatus)[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Over one of these trunks. An id that nobody has named is an error.',
  })
  trunkIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'With one of these bots. An id that nobody has named is an error.',
  })
  botIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'With one of these operators. An id that nobody has named is an error.',
  })
  operatorIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "With one of these evaluations of the bot's work; the empty string stands for calls without one.",
  })
  evaluations?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Answered calls of at least so many billed seconds; running calls do not pass.',
  })
  talkSecondsFrom?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Answered calls of fewer billed seconds than this; running calls do not pass.',
  })
  talkSecondsTo?: number | null;
}

/** The filter's lists as the engine takes them. */
export function callRestrictions(filter: CallFilter | null | undefined): Restriction<DimensionOf<CallFact>>[] {
  return restrictionsOf({
    DIRECTION: filter?.directions,
    STATUS: filter?.statuses,
    TRUNK: filter?.trunkIds,
    BOT: filter?.botIds,
    OPERATOR: filter?.operatorIds,
    BOT_EVALUATION: filter?.evaluations,
  });
}

/** The filter's billed seconds. Throws where they are below 0 or the wrong way round. */
export function readTalkSeconds(filter: CallFilter | null | undefined): { from: number | null; to: number | null } {
  const { talkSecondsFrom: from = null, talkSecondsTo: to = null } = filter ?? {};
  for (const [field, seconds] of Object.entries({ talkSecondsFrom: from, talkSecondsTo: to })) {
    if (seconds !== null && seconds < 0) {
      throw badInput(['filter', field], `${seconds} is below 0; give seconds from 0.`);
    }
  }
  if (from !== null && to !== null && from > to) {
    throw badInput(
      ['filter', 'talkSecondsFrom'],
      `${from} lies above talkSecondsTo ${to}; give the lesser number first, as calls of [from, to) seconds are counted.`,
    );
  }
  return { from, to };
}
