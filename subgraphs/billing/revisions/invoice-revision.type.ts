import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Company } from '#platform/companies';
import { DateTime, describedEnum, Money } from '#platform/graphql';
import { InvoiceLine } from '../invoices/invoice.type.ts';
import type { RevisionReason as RevisionReasonName } from '../invoices/invoice-snapshot.ts';
import { StaffMember } from '../staff/staff-member.type.ts';

export const RevisionReason = describedEnum('RevisionReason', 'Why an invoice was revised.', {
  COST_CHANGE: 'The cost has changed.',
  PREPAYMENT: 'A part of the month was paid before the invoice was ready.',
  OTHER: 'Something else; the comment says what.',
});

@ObjectType({
  description: 'A revision of an invoice by finance staff. It never changes; a later one takes its place.',
})
export class InvoiceRevision {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => Int, { description: '1 for the first revision of the invoice, and so on.' })
  number!: number;

  @Field(() => RevisionReason, { description: 'Why it was made.' })
  reason!: RevisionReasonName;

  @Field(() => Money, { description: 'Already paid for the period, as the document states; moves no money.' })
  paidAmount!: Money;

  @Field(() => Money, { description: 'Amount of the invoice since this revision, tax included.' })
  amount!: Money;

  @Field(() => DateTime, { description: "When it was made, in the company's zone." })
  revisedAt!: string;

  @Field(() => StaffMember, { description: 'Who made it, by name and address as they were then.' })
  revisedBy!: StaffMember;

  @Field(() => String, { nullable: true, description: 'What the author said of it; null where nothing was.' })
  comment!: string | null;

  @Field(() => [InvoiceLine], {
    description: "The invoice's lines as issued, and one 'Adjustment' with the difference where the amount changed.",
  })
  lines!: InvoiceLine[];

  /** Whose invoice it is of. */
  company!: Company;
  invoiceId!: string;
}
