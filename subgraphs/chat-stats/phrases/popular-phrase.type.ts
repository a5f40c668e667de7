import { Field, Float, ObjectType } from 'type-graphql';
import { SafeInt } from '#platform/graphql';

@ObjectType({ description: 'A phrase that many messages have in common.' })
export class PopularPhrase {
  @Field(() => String, {
    description:
      'The whole text of the messages, normalised: lower case, without punctuation and emoji, every number as #, e-mail addresses, ' +
      'telephone and card numbers as #email, #phone and #card.',
  })
  phrase!: string;

  @Field(() => SafeInt, { description: 'Messages with this phrase.' })
  count!: number;

  @Field(() => Float, {
    description: 'count in percent of all phrases of the author in the period, those that are not shown included.',
  })
  share!: number;
}
