import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Currency, TimeZone, UserError } from '#platform/graphql';

@Directive('@key(fields: "id")')
@ObjectType({
  description: 'A company that uses the platform. Billing owns it; the statistics subgraphs add its usage.',
})
export class Company {
  @Field(() => ID, { description: 'Its number on the platform.' })
  id!: string;

  @Field({ description: 'Its name.' })
  name!: string;

  @Field(() => TimeZone, { description: 'Its time zone: where a period names none, days are days of this zone.' })
  timeZone!: string;

  @Field(() => Currency, { description: 'The currency of its prices, balance and invoices; never changes.' })
  currency!: string;
}

@InputType({ description: 'A company to register, or a registered one with its new name or zone.' })
export class RegisterCompanyInput {
  @Field(() => ID, { description: 'Its number on the platform, a whole number from 1.' })
  id!: string;

  @Field({ description: 'Its name, of 1 to 200 characters.' })
  name!: string;

  @Field(() => TimeZone, { description: 'Its time zone.' })
  timeZone!: string;

  @Field(() => Currency, { description: 'Its currency; that of a registered company never changes.' })
  currency!: string;
}

@ObjectType({ description: 'What became of a registration.' })
export class RegisterCompanyPayload {
  @Field(() => Company, {
    nullable: true,
    description: 'The company as it is registered now; null where it was refused.',
  })
  company!: Company | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}
