import { Arg, Authorized, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { badInput } from '#platform/errors';
import { describedEnum } from '#platform/graphql';
import { estimateSms } from './sms-estimate.ts';

const LONGEST_TEXT = 10_000;

export const SmsEncoding = describedEnum('SmsEncoding', 'How the characters of a short message are encoded.', {
  GSM_7: 'The GSM alphabet: 160 characters in one part, 153 in each of several; those of its extension count twice.',
  UCS_2: 'Everything else: 70 UTF-16 code units in one part, 67 in each of several.',
});

@ObjectType({ description: 'A character that forces UCS-2 on the whole text.' })
export class SmsCharacter {
  @Field({ description: 'The character.' })
  character!: string;

  @Field(() => Int, { description: 'Where it begins in the text, in UTF-16 code units from 0.' })
  index!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What GSM-7 has in its place; empty where it can be left out; null where there is nothing alike.',
  })
  substitute!: string | null;
}

@ObjectType({ description: 'How a text would be cut into SMS parts.' })
export class SmsEstimate {
  @Field(() => SmsEncoding, {
    description: 'GSM_7 where every character is in its alphabet, else UCS_2 for the whole text.',
  })
  encoding!: keyof typeof SmsEncoding;

  @Field(() => Int, { description: 'Parts that are sent and paid for; 1 for an empty text.' })
  parts!: number;

  @Field(() => Int, { description: 'Length in septets (GSM_7) or UTF-16 code units (UCS_2).' })
  length!: number;

  @Field(() => Int, { description: 'How many more single-width characters fit before another part is needed.' })
  charactersLeft!: number;

  @Field(() => [SmsCharacter], {
    description: 'Every character that forces UCS-2, in the order of the text; empty with GSM_7.',
  })
  offendingCharacters!: SmsCharacter[];

  @Field(() => Int, { description: 'Parts if every offending character that has a substitute were replaced by it.' })
  partsIfReplaced!: number;
}

@Resolver()
export class SmsEstimateResolver {
  @Authorized('stats:read')
  @Query(() => SmsEstimate, {
    nullable: true,
    description: 'How a text would be cut into SMS parts, and which characters make it dearer.',
  })
  smsEstimate(
    @Arg('text', () => String, { description: `The text, of at most ${LONGEST_TEXT} UTF-16 code units.` }) text: string,
  ): SmsEstimate {
    if (text.length > LONGEST_TEXT)
      throw badInput(['text'], `has ${text.length} characters; send at most ${LONGEST_TEXT}.`);
    return estimateSms(text);
  }
}
