import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { readCompany } from '#platform/companies';
import { badInput, ServiceError } from '#platform/errors';
import { ConnectionArgs, type RequestContext, readPage } from '#platform/graphql';
import { requireCompany } from '#platform/identity';
import { visibleCompany } from '../companies/visible-company.ts';
import { startDocuments, waitForDocument } from '../documents/documents-under-way.ts';
import { AccountTransaction } from '../ledger/account-transaction.type.ts';
import { toAccountTransaction } from '../ledger/to-account-transaction.ts';
import { createInvoice } from './create-invoice.ts';
import { CreateInvoiceInput, CreateInvoicePayload } from './create-invoice.type.ts';
import { findInvoice, type InvoiceKey } from './invoice.row.ts';
import { Invoice, InvoiceConnection } from './invoice.type.ts';
import { InvoiceFilter, invoiceScope } from './invoice-filter.ts';
import { entriesLoader } from './invoice-loaders.ts';
import { INVOICE_LIST, listInvoices } from './list-invoices.ts';
import { toInvoice } from './to-invoice.ts';

/** How long createInvoice waits for the document. */
const DOCUMENT_WAIT_MS = 5_000;

const COMPANY_ID = "Finance staff may name any company; default: the token's.";

@Resolver(() => Invoice)
export class InvoicesResolver {
  @Authorized('billing:read', 'staff:finance')
  @Query(() => InvoiceConnection, {
    nullable: true,
    description: "A company's invoices, newest first, then by id descending.",
  })
  async invoices(
    @Ctx() context: RequestContext,
    @Arg('companyId', () => ID, { nullable: true, description: COMPANY_ID }) companyId: string | null | undefined,
    @Arg('filter', () => InvoiceFilter, { nullable: true, description: 'Which invoices; default: all.' })
    filter: InvoiceFilter | null | undefined,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
  ) {
    const page = readPage(args, INVOICE_LIST);
    const id = visibleCompany(context.identity, companyId);
    const company = await context.read(id, readCompany);
    const scope = invoiceScope(filter, company, context.moment);
    const { edges, pageInfo } = await context.read(id, (open) => listInvoices(open, scope, page));
    const count = () => context.read(id, async (open) => (await listInvoices(open, scope, page)).count());
    const shown = edges.map(({ cursor, node }) => ({ cursor, node: toInvoice(company, node) }));
    return Object.assign(new InvoiceConnection(), { edges: shown, pageInfo, count });
  }

  @Authorized('billing:read', 'staff:finance')
  @Query(() => Invoice, { nullable: true, description: 'One invoice, by its id or by its number.' })
  async invoice(
    @Ctx() context: RequestContext,
    @Arg('companyId', () => ID, { nullable: true, description: COMPANY_ID }) companyId: string | null | undefined,
    @Arg('id', () => ID, { nullable: true, description: 'Its id; goes without number.' }) id: string | null | undefined,
    @Arg('number', () => String, { nullable: true, description: 'Its whole number; goes without id.' })
    number: string | null | undefined,
  ): Promise<Invoice> {
    const ownerId = visibleCompany(context.identity, companyId);
    const key = invoiceKey(id, number);
    return context.read(ownerId, async (transaction) => {
      const row = await findInvoice(transaction, key);
      if (row) return toInvoice(await readCompany(transaction), row);
      const shown = JSON.stringify(String(Object.values(key)[0]).slice(0, 100));
      throw new ServiceError('NOT_FOUND', `the company has no invoice ${shown}.`, { field: Object.keys(key) });
    });
  }

  @Authorized('billing:write')
  @Mutation(() => CreateInvoicePayload, {
    nullable: true,
    description:
      "Makes a TOP_UP invoice for the token's company. Waits some seconds for its document. Where it is refused nothing has " +
      'happened, and the key may be used again.',
  })
  async createInvoice(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateInvoiceInput, { description: 'The top-up.' }) input: CreateInvoiceInput,
  ): Promise<CreateInvoicePayload> {
    const companyId = requireCompany(context.identity);
    const { config, jobs, clock } = context;
    const { invoiceId, refusals } = await context.write(
      companyId,
      (transaction) => createInvoice(transaction, input, { config, jobs, now: clock.now() }),
      (created) => created.invoiceId !== null,
    );
    if (invoiceId === null) return { invoice: null, userErrors: refusals };
    await waitForDocument(startDocuments(context, { companyId, invoiceId, revision: 0 }), DOCUMENT_WAIT_MS);
    const row = await context.read(companyId, (transaction) => findInvoice(transaction, { id: invoiceId }));
    return { invoice: row ? toInvoice(await context.company(), row) : null, userErrors: [] };
  }

  @FieldResolver(() => [AccountTransaction], {
    description: 'Entries of the account that belong to it, in the order of booking; empty where there are none.',
  })
  async transactions(@Ctx() context: RequestContext, @Root() { id, company }: Invoice): Promise<AccountTransaction[]> {
    const entries = await context.once(entriesLoader).load({ companyId: company.id, id });
    return entries.map((entry) => Object.assign(new AccountTransaction(), toAccountTransaction(company, entry)));
  }
}

/** Throws BAD_USER_INPUT unless exactly one of the two is given. */
function invoiceKey(id: string | null | undefined, number: string | null | undefined): InvoiceKey {
  if (id != null && number == null) return { id };
  if (number != null && id == null) return { number };
  throw badInput(['id'], 'give exactly one of id and number.');
}
