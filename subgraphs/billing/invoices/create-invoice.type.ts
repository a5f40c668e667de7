import { Field, InputType, ObjectType } from 'type-graphql';
import { Decimal, UserError } from '#platform/graphql';
import { Invoice } from './invoice.type.ts';

@InputType({ description: 'A top-up to make an invoice of.' })
export class CreateInvoiceInput {
  @Field(() => Decimal, {
    description:
      "Amount to pay, tax included, in the company's currency: above 0, with no more decimals than the currency has.",
  })
  amount!: string;

  @Field({
    description: 'Key of this request, 1 to 128 characters: however often it is sent, one invoice is made.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'What became of a request for an invoice.' })
export class CreateInvoicePayload {
  @Field(() => Invoice, { nullable: true, description: 'The invoice; null where it was refused.' })
  invoice!: Invoice | null;

  @Field(() => [UserError], {
    description:
      'Why it was refused; empty where it was not. COMPANY_DETAILS_INCOMPLETE comes once for each of the details to fill in.',
  })
  userErrors!: UserError[];
}
