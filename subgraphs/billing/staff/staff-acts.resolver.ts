import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { readCompany } from '#platform/companies';
import { PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import { formatInstant, resolvePeriod } from '#platform/time';
import { visibleCompany } from '../companies/visible-company.ts';
import { Invoice } from '../invoices/invoice.type.ts';
import { invoiceLoader } from '../invoices/invoice-loaders.ts';
import { listStaffActs, STAFF_ACT_LIST } from './staff-act.row.ts';
import { StaffAct, StaffActConnection } from './staff-act.type.ts';

@Resolver(() => StaffAct)
export class StaffActsResolver {
  @Authorized('staff:finance')
  @Query(() => StaffActConnection, {
    nullable: true,
    description:
      'Finance staff only: who revised, withdrew, recorded and registered what of a company, newest first, then by id descending.',
  })
  async staffActs(
    @Ctx() context: RequestContext,
    @Arg('companyId', () => ID, { nullable: true, description: "Which company; default: the token's." })
    companyId: string | null | undefined,
    @Arg('period', () => PeriodInput, { nullable: true, description: 'When it was done; default: all time.' })
    period: PeriodInput | null | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'How many acts; default 50, at most 1000.' })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Only acts after this cursor.' })
    after: string | null | undefined,
  ) {
    const page = readPage({ first, after }, STAFF_ACT_LIST);
    const id = visibleCompany(context.identity, companyId);
    const { timeZone } = await context.read(id, readCompany);
    const span = period ? resolvePeriod(period, { timeZone, moment: context.moment }) : null;
    const { edges, pageInfo } = await context.read(id, (open) => listStaffActs(open, span, page));
    const count = () => context.read(id, async (open) => (await listStaffActs(open, span, page)).count());
    const shown = edges.map(({ cursor, node: { at, by_name: fullName, by_email: email, invoice_id, ...act } }) => ({
      cursor,
      node: Object.assign(new StaffAct(), act, {
        at: formatInstant(at, timeZone),
        by: { fullName, email },
        companyId: id,
        invoiceId: invoice_id,
      }),
    }));
    return Object.assign(new StaffActConnection(), { edges: shown, pageInfo, count });
  }

  @FieldResolver(() => Invoice, {
    nullable: true,
    description: 'The invoice that it concerns; null where it concerns none.',
  })
  async invoice(@Ctx() context: RequestContext, @Root() { companyId, invoiceId }: StaffAct): Promise<Invoice | null> {
    if (invoiceId === null) return null;
    return context.once(invoiceLoader).load({ companyId, id: invoiceId });
  }
}
