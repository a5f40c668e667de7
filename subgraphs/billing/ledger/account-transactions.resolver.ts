import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { readCompany } from '#platform/companies';
import { ConnectionArgs, PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import { resolvePeriod } from '#platform/time';
import { visibleCompany } from '../companies/visible-company.ts';
import { noCompanyToWriteFor, writeForCompany } from '../companies/write-for-company.ts';
import { Invoice } from '../invoices/invoice.type.ts';
import { invoiceLoader } from '../invoices/invoice-loaders.ts';
import { staffMemberOf } from '../staff/staff-member.ts';
import { AccountTransaction, AccountTransactionConnection, TransactionFilter } from './account-transaction.type.ts';
import { listTransactions, TRANSACTION_LIST } from './list-transactions.ts';
import { recordPayment } from './record-payment.ts';
import { RecordPaymentInput, RecordPaymentPayload } from './record-payment.type.ts';
import { toAccountTransaction, toBalance } from './to-account-transaction.ts';

@Resolver(() => AccountTransaction)
export class AccountTransactionsResolver {
  @Authorized('billing:read', 'staff:finance')
  @Query(() => AccountTransactionConnection, {
    nullable: true,
    description:
      "Entries on a company's account, newest first by payment date, then by id descending; payments by default.",
  })
  async accountTransactions(
    @Ctx() context: RequestContext,
    @Arg('companyId', () => ID, {
      nullable: true,
      description: "Finance staff may name any company; default: the token's.",
    })
    companyId: string | null | undefined,
    @Arg('period', () => PeriodInput, { nullable: true, description: 'On the payment date; default: all time.' })
    period: PeriodInput | null | undefined,
    @Arg('filter', () => TransactionFilter, { nullable: true, description: 'Which entries; default: payments.' })
    filter: TransactionFilter | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const page = readPage(args, TRANSACTION_LIST);
    const id = visibleCompany(context.identity, companyId);
    const company = await context.read(id, readCompany);
    const scope = {
      types: filter?.types?.length ? filter.types : (['DEPOSIT'] as const),
      period: period ? resolvePeriod(period, { timeZone: company.timeZone, moment: context.moment }) : null,
    };
    const { edges, pageInfo } = await context.read(id, (open) => listTransactions(open, scope, page));
    const count = () => context.read(id, async (open) => (await listTransactions(open, scope, page)).count());
    const shown = edges.map(({ cursor, node }) => ({ cursor, node: toAccountTransaction(company, node) }));
    return Object.assign(new AccountTransactionConnection(), { edges: shown, pageInfo, count });
  }

  @FieldResolver(() => Invoice, {
    nullable: true,
    description: 'The invoice that it belongs to; null where there is none.',
  })
  async invoice(@Ctx() context: RequestContext, @Root() root: AccountTransaction): Promise<Invoice | null> {
    if (root.invoiceId === null) return null;
    return context.once(invoiceLoader).load({ companyId: root.companyNumber, id: root.invoiceId });
  }

  @Authorized('payments:write', 'staff:finance')
  @Mutation(() => RecordPaymentPayload, {
    nullable: true,
    description:
      'Finance staff or the payment system. Books a payment that has come in, exactly once by its key and by its reference. What ' +
      'came in is booked, be it less or more than the invoice asks for.',
  })
  async recordPayment(
    @Ctx() context: RequestContext,
    @Arg('input', () => RecordPaymentInput, { description: 'The payment.' }) input: RecordPaymentInput,
  ): Promise<RecordPaymentPayload> {
    const staff = context.identity.scopes.includes('staff:finance') ? staffMemberOf(context.identity) : null;
    const payment = { ...input, invoiceNumber: input.invoiceNumber ?? null, staff };
    const recorded = await writeForCompany(
      context,
      input.companyId,
      (transaction) => recordPayment(transaction, payment, context.clock.now()),
      ({ refusals }) => refusals.length === 0,
    );
    if (!recorded) return { transaction: null, balance: null, userErrors: [noCompanyToWriteFor(input.companyId)] };
    const { company, entry, balanceMicros, refusals } = recorded.result;
    return {
      transaction: entry && Object.assign(new AccountTransaction(), toAccountTransaction(company, entry)),
      balance: balanceMicros === null ? null : toBalance(company, balanceMicros, context.clock.now()),
      userErrors: refusals,
    };
  }
}
