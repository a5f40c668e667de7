import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime, Decimal, UserError } from '#platform/graphql';
import { Balance } from '../companies/company-billing.type.ts';
import { AccountTransaction } from './account-transaction.type.ts';

@InputType({ description: 'A payment that has come in.' })
export class RecordPaymentInput {
  @Field(() => ID, { description: 'Whose account it is booked on.' })
  companyId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Number of the company's invoice that it pays; without one it only adds to the balance.",
  })
  invoiceNumber?: string | null;

  @Field(() => Decimal, {
    description: "What was paid, in the company's currency: above 0, with no more decimals than the currency has.",
  })
  amount!: string;

  @Field(() => DateTime, { description: 'Payment date: from 2000-01-01 to one day ahead of now.' })
  paidAt!: number;

  @Field({ description: 'What the payment system calls it, 1 to 200 characters; is booked once.' })
  reference!: string;

  @Field({
    description: 'Key of this request, 1 to 128 characters: however often it is sent, the payment is booked once.',
  })
  idempotencyKey!: string;
}

@ObjectType({ description: 'What became of a payment.' })
export class RecordPaymentPayload {
  @Field(() => AccountTransaction, {
    nullable: true,
    description:
      'Its entry on the account; with DUPLICATE_REFERENCE the first one of that reference; null where it was refused.',
  })
  transaction!: AccountTransaction | null;

  @Field(() => Balance, { nullable: true, description: 'The balance now; null where the payment was refused.' })
  balance!: Balance | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}
