import { Field, ID, ObjectType } from 'type-graphql';
import { connectionTypes, DateTime, describedEnum } from '#platform/graphql';
import type { StaffActKind as StaffActKindName } from './staff-act.row.ts';
import { StaffMember } from './staff-member.type.ts';

export const StaffActKind = describedEnum('StaffActKind', 'What staff can do to a company.', {
  INVOICE_REVISED: 'An invoice was revised.',
  INVOICE_VOIDED: 'An invoice was withdrawn.',
  PAYMENT_RECORDED: 'A payment was recorded by finance staff, not by the payment system.',
  COMPANY_REGISTERED: 'The company was registered, or its name or time zone changed.',
});

@ObjectType({ description: 'Something that a member of staff did. The list of acts only grows.' })
export class StaffAct {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => StaffActKind, { description: 'What was done.' })
  kind!: StaffActKindName;

  @Field(() => DateTime, { description: "When, in the company's zone." })
  at!: string;

  @Field(() => StaffMember, { description: 'Who did it, as the token named them then.' })
  by!: StaffMember;

  @Field(() => ID, { description: 'The company that it was done to.' })
  companyId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What was said of it: comment of a revision, reason of a withdrawal; null where nothing was.',
  })
  comment!: string | null;

  /** Null where it concerns no invoice. */
  invoiceId!: string | null;
}

export const { Connection: StaffActConnection } = connectionTypes(StaffAct, 'acts');
