import { Field, InputType, ObjectType } from 'type-graphql';
import { DateTime, Money, UserError } from '#platform/graphql';
import { Company } from './company.type.ts';

@ObjectType({ description: 'What a company has on its account.' })
export class Balance {
  @Field(() => Money, { description: 'The sum of all entries of the ledger; below 0 where the company owes.' })
  amount!: Money;

  @Field(() => DateTime, { description: 'The moment of this answer: everything booked before it is included.' })
  asOf!: string;
}

@ObjectType({ description: "What a company's invoices say of it. Invoices keep what they were issued with." })
export class CompanyDetails {
  @Field(() => String, { nullable: true, description: 'Name of the legal entity; null while it is not given.' })
  legalName!: string | null;

  @Field(() => String, { nullable: true, description: 'Tax number; null while it is not given.' })
  taxId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Country of the legal address, ISO 3166-1 code of two letters; null while it is not given.',
  })
  country!: string | null;

  @Field(() => String, { nullable: true, description: 'City of the legal address; null while it is not given.' })
  city!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Street and house of the legal address; null while it is not given.',
  })
  street!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Postal code of the legal address; null while it is not given.',
  })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: "The company's bank; null while it is not given." })
  bankName!: string | null;

  @Field(() => String, { nullable: true, description: "The company's bank account; null while it is not given." })
  bankAccount!: string | null;
}

@ObjectType({ description: 'Whether invoices can be made for a company.' })
export class BillingReadiness {
  @Field({ description: 'Nothing is missing.' })
  ready!: boolean;

  @Field(() => [String], {
    description: 'Fields of CompanyDetails that are still to be given; empty where nothing is missing.',
  })
  missingFields!: string[];
}

@InputType({ description: 'Details to change: a field that is left out stays as it is, null or blank text clears it.' })
export class CompanyDetailsInput {
  @Field(() => String, { nullable: true, description: 'Name of the legal entity.' })
  legalName?: string | null;

  @Field(() => String, { nullable: true, description: 'Tax number.' })
  taxId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Country of the legal address: ISO 3166-1 code, or the English or Russian name.',
  })
  country?: string | null;

  @Field(() => String, { nullable: true, description: 'City of the legal address.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'Street and house of the legal address.' })
  street?: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code of the legal address.' })
  postalCode?: string | null;

  @Field(() => String, { nullable: true, description: "The company's bank." })
  bankName?: string | null;

  @Field(() => String, { nullable: true, description: "The company's bank account." })
  bankAccount?: string | null;
}

@ObjectType({ description: 'What became of a change of details.' })
export class UpdateCompanyDetailsPayload {
  @Field(() => Company, {
    nullable: true,
    description: 'The company with its new details; null where they were refused.',
  })
  company!: Company | null;

  @Field(() => [UserError], { description: 'Why they were refused, field by field; empty where they were not.' })
  userErrors!: UserError[];
}
