import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionTypes, describedEnum, LocalDate, UserError } from '#platform/graphql';
import { Company } from '../companies/company.type.ts';
import type { MonthCloseStatus as MonthCloseStatusName } from './month-close.row.ts';

export const MonthCloseStatus = describedEnum('MonthCloseStatus', 'How the closing of a month stands.', {
  CLOSING: 'It waits for its turn, or is at work.',
  INVOICED: 'The invoice was issued and charged.',
  BLOCKED_DETAILS: 'Details of the company are missing; closed again by itself once they are complete.',
  NO_USAGE: 'Nothing was used, so that there is nothing to bill.',
  FAILED: 'However often it was tried it failed; the log says why. Close it again by hand.',
});

@ObjectType({ description: 'How a month of a company closed.' })
export class MonthClose {
  @Field(() => Company, { description: 'The company.' })
  company!: Company;

  @Field(() => LocalDate, { description: 'First day of the month.' })
  month!: string;

  @Field(() => MonthCloseStatus, { description: 'How it stands.' })
  status!: MonthCloseStatusName;

  @Field(() => [String], { description: "The company's details that are missing; empty where none is." })
  missingFields!: string[];

  /** Null where there is none. */
  invoiceId!: string | null;
}

export const { Connection: MonthCloseConnection } = connectionTypes(MonthClose, 'month closes');

@InputType({ description: 'A month to be closed by hand.' })
export class CloseMonthInput {
  @Field(() => LocalDate, { description: 'Any day of the month.' })
  month!: string;

  @Field(() => ID, { nullable: true, description: 'Of which company; default: of all whose month is over, by number.' })
  companyId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Of all: only companies with greater numbers than this, as an answer before has given it.',
  })
  afterCompanyId?: string | null;
}

@ObjectType({ description: 'What became of the closing of a month.' })
export class CloseMonthPayload {
  @Field(() => Int, { description: 'How many companies were put into the queue; monthCloses shows how they fare.' })
  queued!: number;

  @Field(() => Int, { description: 'How many companies have the invoice of the month already and stay as they are.' })
  invoiced!: number;

  @Field(() => Int, { description: 'How many companies were passed over, as the month is not over in their zones.' })
  notOver!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'Where there are further companies: ask again with this as afterCompanyId; else null.',
  })
  afterCompanyId!: string | null;

  @Field(() => [UserError], { description: 'Why it was refused; empty where it was not.' })
  userErrors!: UserError[];
}
