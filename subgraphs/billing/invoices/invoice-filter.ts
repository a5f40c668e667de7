import { Field, InputType } from 'type-graphql';
import type { Company } from '#platform/companies';
import { PeriodInput } from '#platform/graphql';
import { resolvePeriod } from '#platform/time';
import { InvoiceKind, InvoiceStatus } from './invoice.enums.ts';
import type { InvoiceKind as InvoiceKindName, InvoiceStatus as InvoiceStatusName } from './invoice.row.ts';
import type { InvoiceScope } from './list-invoices.ts';

@InputType({ description: 'Which invoices. Null, omitted and the empty list restrict nothing.' })
export class InvoiceFilter {
  @Field(() => [InvoiceKind], { nullable: true, description: 'Of one of these kinds.' })
  kinds?: InvoiceKindName[] | null;

  @Field(() => [InvoiceStatus], { nullable: true, description: 'With one of these statuses.' })
  statuses?: InvoiceStatusName[] | null;

  @Field(() => String, { nullable: true, description: 'Account number (number of the invoice), or its beginning.' })
  number?: string | null;

  @Field(() => PeriodInput, {
    nullable: true,
    description: 'Whose billed month overlaps it; a top-up counts by its creation.',
  })
  period?: PeriodInput | null;

  @Field(() => PeriodInput, { nullable: true, description: 'Created in it.' })
  createdAt?: PeriodInput | null;

  @Field(() => PeriodInput, { nullable: true, description: 'Changed in it last.' })
  updatedAt?: PeriodInput | null;
}

/** The filter as the list takes it. Throws BAD_USER_INPUT with the path of a period that does not hold. */
export function invoiceScope(
  filter: InvoiceFilter | null | undefined,
  { timeZone }: Pick<Company, 'timeZone'>,
  moment: number,
): InvoiceScope {
  const { kinds, statuses, number, period, createdAt, updatedAt } = filter ?? {};
  const span = (input: PeriodInput | null | undefined, name: string) => {
    return input ? resolvePeriod(input, { timeZone, moment, path: ['filter', name] }) : null;
  };
  return {
    kinds: kinds?.length ? kinds : null,
    statuses: statuses?.length ? statuses : null,
    number: number ? number : null,
    period: span(period, 'period'),
    createdAt: span(createdAt, 'createdAt'),
    updatedAt: span(updatedAt, 'updatedAt'),
  };
}
