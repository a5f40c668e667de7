import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Decimal, UserError } from '#platform/graphql';
import { Invoice } from '../invoices/invoice.type.ts';
import type { RevisionReason as RevisionReasonName } from '../invoices/invoice-snapshot.ts';
import { InvoiceRevision, RevisionReason } from './invoice-revision.type.ts';

@InputType({ description: 'What an invoice is to say from now on.' })
export class ReviseInvoiceInput {
  @Field(() => ID, { description: 'Whose invoice it is.' })
  companyId!: string;

  @Field(() => ID, { description: 'Which invoice.' })
  invoiceId!: string;

  @Field(() => Int, {
    description:
      'Number of the latest revision that the caller saw, 0 where there was none; another one in between is a CONFLICT.',
  })
  expectedRevision!: number;

  @Field(() => RevisionReason, { description: 'Why.' })
  reason!: RevisionReasonName;

  @Field(() => Decimal, {
    nullable: true,
    description: "The whole amount from now on, tax included, in the company's currency; default: it stays as it is.",
  })
  amount?: string | null;

  @Field(() => Decimal, {
    description: 'Already paid for the period: shown on the document and counted for its status, moves no money.',
  })
  paidAmount!: string;

  @Field(() => String, { nullable: true, description: 'For the company to read, at most 1000 characters.' })
  comment?: string | null;
}

@ObjectType({ description: 'What became of a revision.' })
export class ReviseInvoicePayload {
  @Field(() => Invoice, { nullable: true, description: 'The invoice as it is now; null where it was refused.' })
  invoice!: Invoice | null;

  @Field(() => InvoiceRevision, { nullable: true, description: 'The new revision; null where it was refused.' })
  revision!: InvoiceRevision | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}

@InputType({ description: 'An invoice to withdraw.' })
export class VoidInvoiceInput {
  @Field(() => ID, { description: 'Whose invoice it is.' })
  companyId!: string;

  @Field(() => ID, { description: 'Which invoice.' })
  invoiceId!: string;

  @Field(() => Int, {
    description:
      'Number of the latest revision that the caller saw, 0 where there was none; another one in between is a CONFLICT.',
  })
  expectedRevision!: number;

  @Field({ description: 'Why it is withdrawn, 1 to 1000 characters; kept in the list of acts of staff.' })
  reason!: string;
}

@ObjectType({ description: 'What became of a withdrawal.' })
export class VoidInvoicePayload {
  @Field(() => Invoice, { nullable: true, description: 'The invoice as it is now; null where it was refused.' })
  invoice!: Invoice | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}
