import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { readCompany } from '#platform/companies';
import type { CompanyId } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import { noCompanyToWriteFor, writeForCompany } from '../companies/write-for-company.ts';
import { startDocuments, waitForDocument } from '../documents/documents-under-way.ts';
import { findInvoice } from '../invoices/invoice.row.ts';
import { Invoice } from '../invoices/invoice.type.ts';
import { toInvoice } from '../invoices/to-invoice.ts';
import { requireStaffMember } from '../staff/staff-member.ts';
import { InvoiceRevision } from './invoice-revision.type.ts';
import { reviseInvoice } from './revise-invoice.ts';
import {
  ReviseInvoiceInput,
  ReviseInvoicePayload,
  VoidInvoiceInput,
  VoidInvoicePayload,
} from './revise-invoice.type.ts';
import { revisionLoader, revisionsLoader } from './revision-loaders.ts';
import { voidInvoice } from './void-invoice.ts';

/** How long reviseInvoice waits for the documents. */
const DOCUMENT_WAIT_MS = 5_000;

@Resolver(() => Invoice)
export class RevisionsResolver {
  @FieldResolver(() => [InvoiceRevision], {
    description: 'Its revisions by finance staff, oldest first; empty where there are none.',
  })
  revisions(@Ctx() context: RequestContext, @Root() { id, company }: Invoice): Promise<InvoiceRevision[]> {
    return context.once(revisionsLoader).load({ companyId: company.id, id });
  }

  @Authorized('staff:finance')
  @Mutation(() => ReviseInvoicePayload, {
    nullable: true,
    description:
      'Finance staff only. Adds a revision with documents of its own; what was issued and revised before stays as it was. The ' +
      'difference of a MONTHLY invoice is booked on the account. Waits some seconds for the documents.',
  })
  async reviseInvoice(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReviseInvoiceInput, { description: 'The revision.' }) input: ReviseInvoiceInput,
  ): Promise<ReviseInvoicePayload> {
    const by = requireStaffMember(context.identity);
    const request = { ...input, amount: input.amount ?? null, comment: input.comment ?? null };
    const revised = await writeForCompany(
      context,
      input.companyId,
      (transaction) => reviseInvoice(transaction, request, by, { jobs: context.jobs, now: context.clock.now() }),
      ({ refusals }) => refusals.length === 0,
    );
    const nothing = { invoice: null, revision: null };
    if (!revised) return { ...nothing, userErrors: [noCompanyToWriteFor(input.companyId)] };
    const { companyId, result } = revised;
    if (result.invoiceId === null) return { ...nothing, userErrors: result.refusals };
    const { invoiceId, revision, revisionId } = result;
    await waitForDocument(startDocuments(context, { companyId, invoiceId, revision }), DOCUMENT_WAIT_MS);
    return {
      invoice: await readInvoice(context, companyId, invoiceId),
      revision: await context.once(revisionLoader).load({ companyId, id: revisionId }),
      userErrors: [],
    };
  }

  @Authorized('staff:finance')
  @Mutation(() => VoidInvoicePayload, {
    nullable: true,
    description:
      'Finance staff only. Withdraws an invoice for good: it takes no payments and no revisions any more. What a MONTHLY ' +
      'invoice charged is given back; what was paid stays on the account.',
  })
  async voidInvoice(
    @Ctx() context: RequestContext,
    @Arg('input', () => VoidInvoiceInput, { description: 'The withdrawal.' }) input: VoidInvoiceInput,
  ): Promise<VoidInvoicePayload> {
    const by = requireStaffMember(context.identity);
    const voided = await writeForCompany(
      context,
      input.companyId,
      (transaction) => voidInvoice(transaction, input, by, context.clock.now()),
      ({ refusals }) => refusals.length === 0,
    );
    if (!voided) return { invoice: null, userErrors: [noCompanyToWriteFor(input.companyId)] };
    const { companyId, result } = voided;
    if (result.invoiceId === null) return { invoice: null, userErrors: result.refusals };
    return { invoice: await readInvoice(context, companyId, result.invoiceId), userErrors: [] };
  }
}

function readInvoice(context: RequestContext, companyId: CompanyId, id: string): Promise<Invoice | null> {
  return context.read(companyId, async (transaction) => {
    const row = await findInvoice(transaction, { id });
    return row ? toInvoice(await readCompany(transaction), row) : null;
  });
}
