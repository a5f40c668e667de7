import { Directive, Field, ObjectType } from 'type-graphql';
import { describedEnum } from './enums.ts';
import { Currency, DateTime, Decimal, SafeInt } from './scalars.ts';

export const Service = describedEnum('Service', 'A service that the platform bills and reports on.', {
  SMS: 'SMS messages.',
  VIBER: 'Viber messages.',
  EMAIL: 'E-mail messages.',
  WHATSAPP: 'WhatsApp messages.',
  PUSH: 'Push notifications.',
  CHATS: 'Chats with clients.',
  CALLS: 'Telephone calls.',
});
export type ServiceName = keyof typeof Service;

@Directive('@shareable')
@ObjectType({ description: 'An exact amount of one currency.' })
export class Money {
  @Field(() => Decimal, { description: "The amount, with at least the currency's own decimals." })
  amount!: string;

  @Field(() => Currency, { description: 'ISO 4217 code.' })
  currency!: string;
}

@Directive('@shareable')
@ObjectType({ description: 'Where a page of a list stands.' })
export class PageInfo {
  @Field({ description: 'More entries follow this page.' })
  hasNextPage!: boolean;

  @Field({ description: 'Entries precede this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first entry; null where the page is empty.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last entry; null where the page is empty.' })
  endCursor!: string | null;
}

@Directive('@shareable')
@ObjectType({ description: 'An expected refusal of a mutation: what was wrong with the input.' })
export class UserError {
  @Field(() => [String], {
    nullable: true,
    description: 'Path into the input; null where no single field is at fault.',
  })
  field!: string[] | null;

  @Field({ description: 'Stable code for programs.' })
  code!: string;

  @Field({ description: 'What is wrong and what to do, for people.' })
  message!: string;
}

@Directive('@shareable')
@ObjectType({ description: 'A file that can be downloaded.' })
export class FileLink {
  @Field({ description: 'Name under which to save the file.' })
  fileName!: string;

  @Field({ description: 'Media type.' })
  contentType!: string;

  @Field({ description: 'Signed address; usable without a token until expiresAt.' })
  url!: string;

  @Field(() => DateTime, { description: 'When the address stops working; ask again for a new one.' })
  expiresAt!: string;

  @Field(() => SafeInt, { description: 'Size in bytes.' })
  sizeBytes!: number;

  @Field({ description: 'SHA-256 of the bytes, hexadecimal.' })
  sha256!: string;
}

@Directive('@shareable')
@ObjectType({ description: 'A page outside of this service.' })
export class ExternalLink {
  @Field({ description: 'Its address.' })
  url!: string;
}

@Directive('@shareable')
@ObjectType({ description: 'What a company used of one service in a period.' })
export class UsageLine {
  @Field(() => Service, { description: 'The service.' })
  service!: ServiceName;

  @Field({ description: 'What quantity counts: message, part or minute.' })
  unit!: string;

  @Field(() => Decimal, { description: 'How many units.' })
  quantity!: string;

  @Field(() => Money, { description: 'Sum of the prices, net; what has no price yet adds nothing.' })
  amount!: Money;

  @Field(() => SafeInt, { description: 'How many of them have no price yet.' })
  unpriced!: number;
}
