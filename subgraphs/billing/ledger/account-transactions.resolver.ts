import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { readCompany } from '#platform/companies';
import { parseCompanyId } from '#platform/database';
import { ServiceError } from '#platform/errors';
import { ConnectionArgs, PeriodInput, type RequestContext, readPage } from '#platform/graphql';
import type { Identity } from '#platform/identity';
import { resolvePeriod } from '#platform/time';
import { visibleCompany } from '../companies/visible-company.ts';
import { Invoice } from '../invoices/invoice.type.ts';
import { invoiceLoader } from '../invoices/invoice-loaders.ts';
import type { Refusal } from '../money/read-amount.ts';
import { AccountTransaction, AccountTransactionConnection, TransactionFilter } from './account-transaction.type.ts';
import { listTransactions, TRANSACTION_LIST } from './list-transactions.ts';
import { type RecordedPayment, recordPayment } from './record-payment.ts';
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
    const recorded = await bookFor(context, input);
    if (!recorded) return { transaction: null, balance: null, userErrors: [noSuchCompany(input.companyId)] };
    const { company, entry, balanceMicros, refusals } = recorded;
    return {
      transaction: entry && Object.assign(new AccountTransaction(), toAccountTransaction(company, entry)),
      balance: balanceMicros === null ? null : toBalance(company, balanceMicros, context.clock.now()),
      userErrors: refusals,
    };
  }
}

/** Books the payment; undefined where there is no company that this token may book for. */
async function bookFor(context: RequestContext, input: RecordPaymentInput): Promise<RecordedPayment | undefined> {
  const companyId = parseCompanyId(input.companyId);
  if (!companyId || !mayBookFor(context.identity, companyId)) return undefined;
  const payment = { ...input, invoiceNumber: input.invoiceNumber ?? null };
  try {
    return await context.write(
      companyId,
      (transaction) => recordPayment(transaction, payment, context.clock.now()),
      ({ refusals }) => refusals.length === 0,
    );
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'UNKNOWN_COMPANY') return undefined;
    throw error;
  }
}

/** The payment system's token carries no company and books for all; one with a company books for that alone. */
function mayBookFor(identity: Identity, companyId: string): boolean {
  if (identity.scopes.includes('staff:finance')) return true;
  return identity.companyId === undefined || identity.companyId === companyId;
}

function noSuchCompany(companyId: string): Refusal {
  const id = JSON.stringify(companyId.slice(0, 40));
  const message = `companyId: there is no company ${id} that this token may book for; give the number of a registered one.`;
  return { field: ['input', 'companyId'], code: 'COMPANY_NOT_FOUND', message };
}
