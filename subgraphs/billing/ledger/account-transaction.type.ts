import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, Money } from '#platform/graphql';
import type { TransactionType as TransactionTypeName } from './ledger.ts';
import { TransactionType } from './transaction.enums.ts';

@ObjectType({
  description: "An entry on a company's account. Entries never change; corrections are entries of their own.",
})
export class AccountTransaction {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => TransactionType, { description: 'What kind of entry it is.' })
  type!: TransactionTypeName;

  @Field(() => DateTime, { description: "Payment date, in the company's zone." })
  date!: string;

  @Field(() => DateTime, { description: 'When it was booked; never before an earlier entry.' })
  bookedAt!: string;

  @Field({ description: 'Reason of the payment, with the account number (number of the invoice) and the amount.' })
  base!: string;

  @Field(() => Money, {
    description:
      'Amount: above 0 where it adds to the balance, below 0 where it takes from it. Their sum is the balance.',
  })
  refill!: Money;

  @Field(() => ID, { description: 'Number of the company on the platform.' })
  companyNumber!: string;

  @Field(() => Money, { description: 'The balance after this entry, in the order of booking.' })
  balanceAfter!: Money;

  /** Of the invoice that it belongs to. */
  invoiceId!: string | null;
}

@InputType({ description: 'Which entries of an account.' })
export class TransactionFilter {
  @Field(() => [TransactionType], {
    nullable: true,
    description: 'Kinds of entries; default, also for an empty list: DEPOSIT.',
  })
  types?: TransactionTypeName[] | null;
}

export const { Connection: AccountTransactionConnection } = connectionTypes(AccountTransaction, 'account transactions');
