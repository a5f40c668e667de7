import { Field, ObjectType } from 'type-graphql';
import type { CompanyId } from '#platform/database';
import { DateTime, describedEnum, PageInfo } from '#platform/graphql';
import type { ChangeKind } from './record-change.ts';

export const BillingChangeKind = describedEnum('BillingChangeKind', 'What can happen to invoices and payments.', {
  INVOICE_CREATED: 'An invoice was issued.',
  INVOICE_REVISED: 'Finance staff revised an invoice.',
  INVOICE_VOIDED: 'Finance staff withdrew an invoice.',
  DOCUMENTS_READY: 'The documents of an invoice, or of a revision, can be downloaded.',
  PAYMENT_RECORDED: 'A payment came in and was booked on the account.',
});

@ObjectType({
  description: 'Something that happened to invoices or payments. What it happened to is shown as it is now.',
})
export class BillingChange {
  @Field(() => BillingChangeKind, { description: 'What happened.' })
  kind!: ChangeKind;

  @Field(() => DateTime, { description: "When, in the company's zone; never before an earlier change." })
  at!: string;

  companyId!: CompanyId;
  invoiceId!: string | null;
  revisionId!: string | null;
  transactionId!: string | null;
}

@ObjectType({ description: 'One change with its place.' })
export class BillingChangeEdge {
  @Field({ description: 'Stands for the place of this change; opaque. It holds for good, and for this company alone.' })
  cursor!: string;

  @Field(() => BillingChange, { description: 'The change itself.' })
  node!: BillingChange;
}

@ObjectType({ description: 'A page of changes, oldest first.' })
export class BillingChangeConnection {
  @Field(() => [BillingChangeEdge], {
    description: 'The changes with their cursors; empty where there are no new ones.',
  })
  edges!: BillingChangeEdge[];

  @Field(() => [BillingChange], { description: 'The changes alone.' })
  nodes(): BillingChange[] {
    return this.edges.map(({ node }) => node);
  }

  @Field(() => PageInfo, {
    description:
      'Where this page stands. Its endCursor is there for an empty page too: keep it, and give it as after next time. Where ' +
      'hasNextPage is false the client has caught up.',
  })
  pageInfo!: PageInfo;
}
