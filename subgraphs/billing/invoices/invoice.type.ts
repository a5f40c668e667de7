import { Field, ID, ObjectType } from 'type-graphql';
import type { Company } from '#platform/companies';
import { connectionTypes, DateTime, Decimal, LocalDate, Money, Service, type ServiceName } from '#platform/graphql';
import { InvoiceKind, InvoiceStatus } from './invoice.enums.ts';
import type { InvoiceKind as InvoiceKindName, InvoiceStatus as InvoiceStatusName } from './invoice.row.ts';
import type { InvoiceSnapshot } from './invoice-snapshot.ts';

@ObjectType({ description: 'One side of an invoice, as it was when the invoice was issued.' })
export class Party {
  @Field({ description: 'Name of the legal entity.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Tax number; null where it has none.' })
  taxId!: string | null;

  @Field({ description: 'The address in one line.' })
  address!: string;

  @Field(() => String, { nullable: true, description: 'Street and house; null where it is not known.' })
  street!: string | null;

  @Field(() => String, { nullable: true, description: 'City; null where it is not known.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'Postal code; null where it is not known.' })
  postalCode!: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 3166-1 code of two letters; null where it is not known.' })
  country!: string | null;

  @Field(() => String, { nullable: true, description: 'Bank; null where it is not known.' })
  bankName!: string | null;

  @Field(() => String, { nullable: true, description: 'Bank account; null where it is not known.' })
  bankAccount!: string | null;
}

@ObjectType({ description: 'A line of an invoice.' })
export class InvoiceLine {
  @Field(() => Service, {
    nullable: true,
    description: 'The service that was used; null for a top-up and for an adjustment.',
  })
  service!: ServiceName | null;

  @Field({ description: 'What is charged for.' })
  description!: string;

  @Field({ description: 'What quantity counts.' })
  unit!: string;

  @Field(() => Decimal, { description: 'How many units.' })
  quantity!: string;

  @Field(() => Decimal, { description: 'Net price of a unit, rounded; for show.' })
  unitPrice!: string;

  @Field(() => Money, { description: 'Net amount.' })
  amount!: Money;

  @Field(() => Decimal, { description: 'Tax rate as a fraction: 0.2 is 20 %.' })
  taxRate!: string;

  @Field(() => Money, { description: "The line's share of the tax." })
  tax!: Money;
}

@ObjectType({ description: 'An invoice. What it was issued with never changes.' })
export class Invoice {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => InvoiceKind, { description: 'Why it was made.' })
  kind!: InvoiceKindName;

  @Field(() => InvoiceStatus, { description: 'What is paid of it.' })
  status!: InvoiceStatusName;

  @Field({ description: 'Account number: its number, without gaps within its series.' })
  number!: string;

  @Field({ description: 'Name of the document that it was issued with: number and creation date.' })
  fileName!: string;

  @Field(() => Money, { description: "Amount of the invoice now, the latest revision's, tax included." })
  amount!: Money;

  @Field(() => Money, { description: 'Amount that it was issued with, tax included.' })
  originalAmount!: Money;

  @Field(() => Money, { description: "Amount without tax, the latest revision's." })
  net!: Money;

  @Field(() => Money, { description: "Tax on the net amount, the latest revision's." })
  tax!: Money;

  @Field(() => Money, { description: 'What rounding leaves over: amount less net and tax, a minor unit at most.' })
  rounding!: Money;

  @Field(() => Money, { description: 'Sum of the payments that name it; may exceed the amount.' })
  paid!: Money;

  @Field(() => LocalDate, { nullable: true, description: 'First day of the billed month; null for a top-up.' })
  periodStart!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of the billed month; null for a top-up.' })
  periodEnd!: string | null;

  @Field(() => DateTime, { description: "When it was issued, in the company's zone." })
  createdAt!: string;

  @Field(() => DateTime, {
    description: 'When it, its documents or what is paid of it changed last; every change advances it.',
  })
  updatedAt!: string;

  @Field(() => Party, { description: 'Who issued it.' })
  supplier!: Party;

  @Field(() => Party, { description: 'Whom it was issued to.' })
  buyer!: Party;

  @Field(() => [InvoiceLine], {
    description: "What it charges for, the latest revision's; the document shows the same lines.",
  })
  lines!: InvoiceLine[];

  /** Whose invoice it is. */
  company!: Company;
  /** Number of its latest revision; 0: none. */
  revision!: number;
  issued!: InvoiceSnapshot;
}

export const { Connection: InvoiceConnection } = connectionTypes(Invoice, 'invoices');
