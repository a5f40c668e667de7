import { Field, InputType } from 'type-graphql';
import { type DimensionOf, type Restriction, restrictionsOf } from '#platform/statistics';
import { Channel, MessageStatus, MessageTimeAxis, ShortMessageStatus } from './message.enums.ts';
import type { MessageFact } from './message.fact.ts';

@InputType({
  description: 'Which messages are counted. Null, an omitted field and an empty list all mean: no restriction.',
})
export class MessageFilter {
  @Field(() => [Channel], { nullable: true, description: 'Of these channels.' })
  channels?: (keyof typeof Channel)[] | null;

  @Field(() => [MessageStatus], { nullable: true, description: 'That now have one of these statuses.' })
  statuses?: (keyof typeof MessageStatus)[] | null;

  @Field(() => [ShortMessageStatus], { nullable: true, description: 'That now have a status of one of these classes.' })
  shortStatuses?: (keyof typeof ShortMessageStatus)[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'With one of these error codes; the empty string stands for messages without one.',
  })
  errorCodes?: string[] | null;

  @Field(() => MessageTimeAxis, {
    nullable: true,
    description: 'Which moment places a message in the period; default CREATED_AT.',
  })
  timeAxis?: keyof typeof MessageTimeAxis | null;
}

/** The filter as the engine takes it. */
export function messageRestrictions(filter: MessageFilter | null | undefined): Restriction<DimensionOf<MessageFact>>[] {
  return restrictionsOf({
    CHANNEL: filter?.channels,
    STATUS: filter?.statuses,
    SHORT_STATUS: filter?.shortStatuses,
    ERROR_CODE: filter?.errorCodes,
  });
}
