import { Arg, Authorized, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { type RequestContext, readPage } from '#platform/graphql';
import { Invoice } from '../invoices/invoice.type.ts';
import { invoiceLoader } from '../invoices/invoice-loaders.ts';
import { AccountTransaction } from '../ledger/account-transaction.type.ts';
import { InvoiceRevision } from '../revisions/invoice-revision.type.ts';
import { revisionLoader } from '../revisions/revision-loaders.ts';
import { BillingChange, BillingChangeConnection } from './billing-change.type.ts';
import { readChangeCursor, writeChangeCursor } from './change-cursor.ts';
import { changesAfter, lastSequence } from './list-changes.ts';
import { toBillingChange } from './to-billing-change.ts';
import { transactionLoader } from './transaction-loader.ts';

@Resolver(() => BillingChange)
export class BillingChangesResolver {
  @Authorized('billing:read', 'staff:finance')
  @Query(() => BillingChangeConnection, {
    nullable: true,
    description:
      "Everything that happened to the invoices and payments of the token's company, oldest first, in the order of the commits: " +
      'nothing is lost and nothing is skipped. Pull with the last cursor that you have stored.',
  })
  async billingChanges(
    @Ctx() context: RequestContext,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Only changes after this cursor; default: from the first one on.',
    })
    after: string | null | undefined,
    @Arg('first', () => Int, { nullable: true, description: 'How many changes; default 50, at most 1000.' })
    first: number | null | undefined,
  ): Promise<BillingChangeConnection> {
    const { size } = readPage({ first: first ?? null }, 'billing changes');
    const company = await context.company();
    const transaction = await context.transaction();
    const start = after == null ? 0 : readChangeCursor(after, company.id, await lastSequence(transaction));
    const rows = await changesAfter(transaction, start, size + 1);
    const edges = rows
      .slice(0, size)
      .map((row) => ({ cursor: writeChangeCursor(company.id, row.sequence), node: toBillingChange(company, row) }));
    const pageInfo = {
      hasNextPage: rows.length > size,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? writeChangeCursor(company.id, start),
    };
    return Object.assign(new BillingChangeConnection(), { edges, pageInfo });
  }

  @Authorized('billing:read', 'staff:finance')
  @FieldResolver(() => Invoice, {
    nullable: true,
    description: 'The invoice that it happened to, as it is now; null for a payment that names none.',
  })
  async invoice(
    @Ctx() context: RequestContext,
    @Root() { companyId, invoiceId }: BillingChange,
  ): Promise<Invoice | null> {
    return invoiceId === null ? null : context.once(invoiceLoader).load({ companyId, id: invoiceId });
  }

  @Authorized('billing:read', 'staff:finance')
  @FieldResolver(() => InvoiceRevision, {
    nullable: true,
    description: 'The revision that was made, or whose documents are ready; null for other changes.',
  })
  async revision(
    @Ctx() context: RequestContext,
    @Root() { companyId, revisionId }: BillingChange,
  ): Promise<InvoiceRevision | null> {
    return revisionId === null ? null : context.once(revisionLoader).load({ companyId, id: revisionId });
  }

  @Authorized('billing:read', 'staff:finance')
  @FieldResolver(() => AccountTransaction, {
    nullable: true,
    description: 'The entry on the account of a payment; null for other changes.',
  })
  async transaction(
    @Ctx() context: RequestContext,
    @Root() { companyId, transactionId }: BillingChange,
  ): Promise<AccountTransaction | null> {
    return transactionId === null ? null : context.once(transactionLoader).load({ companyId, id: transactionId });
  }
}
