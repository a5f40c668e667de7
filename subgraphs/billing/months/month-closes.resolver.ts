import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { findCompanies } from '#platform/companies';
import { LocalDate, type RequestContext, readPage } from '#platform/graphql';
import { Invoice } from '../invoices/invoice.type.ts';
import { invoiceLoader } from '../invoices/invoice-loaders.ts';
import { listMonthCloses, MONTH_CLOSE_LIST, type MonthCloseStatus as MonthCloseStatusName } from './month-close.row.ts';
import {
  CloseMonthInput,
  CloseMonthPayload,
  MonthClose,
  MonthCloseConnection,
  MonthCloseStatus,
} from './month-close.type.ts';
import { queueClosings } from './queue-closings.ts';

@Resolver(() => MonthClose)
export class MonthClosesResolver {
  @Authorized('staff:finance')
  @Query(() => MonthCloseConnection, {
    nullable: true,
    description: 'Finance staff only: how a month closed, company by company, by number descending.',
  })
  async monthCloses(
    @Ctx() { database }: RequestContext,
    @Arg('month', () => LocalDate, { description: 'Any day of the month.' }) month: string,
    @Arg('statuses', () => [MonthCloseStatus], { nullable: true, description: 'Only these; default: all.' })
    statuses: MonthCloseStatusName[] | null | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'How many; default 50, at most 1000.' })
    first: number | null | undefined,
    @Arg('after', () => String, { nullable: true, description: 'Only entries after this cursor.' })
    after: string | null | undefined,
  ) {
    const page = readPage({ first, after }, MONTH_CLOSE_LIST);
    const scope = { month: `${month.slice(0, 7)}-01`, statuses: statuses?.length ? statuses : null };
    const { rows, companies } = await database.readOfNobody(async (open) => {
      const list = await listMonthCloses(open, scope, page);
      const ids = list.edges.map(({ node }) => node.company_id);
      return { rows: list, companies: new Map((await findCompanies(open, ids)).map((one) => [one.id, one])) };
    });
    const count = () => database.readOfNobody(async (open) => (await listMonthCloses(open, scope, page)).count());
    const edges = rows.edges.map(({ cursor, node }) => ({
      cursor,
      node: Object.assign(new MonthClose(), {
        company: companies.get(node.company_id),
        month: node.month,
        status: node.status,
        missingFields: node.missing_fields,
        invoiceId: node.invoice_id,
      }),
    }));
    return Object.assign(new MonthCloseConnection(), { edges, pageInfo: rows.pageInfo, count });
  }

  @FieldResolver(() => Invoice, { nullable: true, description: 'The invoice of the month; null where there is none.' })
  async invoice(@Ctx() context: RequestContext, @Root() { company, invoiceId }: MonthClose): Promise<Invoice | null> {
    if (invoiceId === null) return null;
    return context.once(invoiceLoader).load({ companyId: company.id, id: invoiceId });
  }

  @Authorized('staff:finance')
  @Mutation(() => CloseMonthPayload, {
    nullable: true,
    description:
      'Finance staff only. Has a month closed that is over, at once; by itself it is closed some hours after its end. A company ' +
      'that has the invoice of the month keeps it: doing this again makes no second one.',
  })
  closeMonth(
    @Ctx() context: RequestContext,
    @Arg('input', () => CloseMonthInput, { description: 'Which month, and of whom.' }) input: CloseMonthInput,
  ): Promise<CloseMonthPayload> {
    const { month, companyId = null, afterCompanyId = null } = input;
    return queueClosings(context, { month, companyId, afterCompanyId });
  }
}
