import type { Subgraph } from '#platform/federation';
import { findFile } from '#platform/files';
import { BillingChangesResolver } from './changes/billing-changes.resolver.ts';
import { CompanyResolver, resolveCompanyReference } from './companies/company.resolver.ts';
import { CompanyBillingResolver } from './companies/company-billing.resolver.ts';
import { InvoiceDocumentsResolver, RevisionDocumentsResolver } from './documents/documents.resolver.ts';
import { MAKE_DOCUMENTS } from './documents/make-documents.job.ts';
import { InvoicesResolver } from './invoices/invoices.resolver.ts';
import { AccountTransactionsResolver } from './ledger/account-transactions.resolver.ts';
import { CreateCompanies1764000000000 } from './migrations/1764000000000-create-companies.ts';
import { CreateInvoices1764000000002 } from './migrations/1764000000002-create-invoices.ts';
import { CreateChanges1764000000040 } from './migrations/1764000000040-create-changes.ts';
import { CreateWebhooks1764000000041 } from './migrations/1764000000041-create-webhooks.ts';
import { CreateRevisions1764000000050 } from './migrations/1764000000050-create-revisions.ts';
import { CreateMonthClose1764000000051 } from './migrations/1764000000051-create-month-close.ts';
import { CLOSE_MONTH } from './months/close-month.job.ts';
import { MONTH_CLOSE_WATCH } from './months/month-close.watch.ts';
import { MonthClosesResolver } from './months/month-closes.resolver.ts';
import { ReconciliationResolver } from './reconciliation/reconciliation.resolver.ts';
import { RevisionsResolver } from './revisions/revisions.resolver.ts';
import { StaffActsResolver } from './staff/staff-acts.resolver.ts';
import { DELIVER_WEBHOOK, WEBHOOK_WATCH } from './webhooks/deliver-webhook.job.ts';
import { WebhooksResolver } from './webhooks/webhooks.resolver.ts';

/** Companies, and what they owe and pay. */
export const billing: Subgraph = {
  name: 'billing',
  schema: 'billing',
  resolvers: [
    CompanyResolver,
    CompanyBillingResolver,
    InvoicesResolver,
    AccountTransactionsResolver,
    RevisionsResolver,
    InvoiceDocumentsResolver,
    RevisionDocumentsResolver,
    StaffActsResolver,
    MonthClosesResolver,
    ReconciliationResolver,
    BillingChangesResolver,
    WebhooksResolver,
  ],
  references: { Company: resolveCompanyReference },
  migrations: [
    CreateCompanies1764000000000,
    CreateInvoices1764000000002,
    CreateChanges1764000000040,
    CreateWebhooks1764000000041,
    CreateRevisions1764000000050,
    CreateMonthClose1764000000051,
  ],
  files: { find: findFile },
  jobs: [MAKE_DOCUMENTS, CLOSE_MONTH, DELIVER_WEBHOOK],
  watches: [MONTH_CLOSE_WATCH, WEBHOOK_WATCH],
};
