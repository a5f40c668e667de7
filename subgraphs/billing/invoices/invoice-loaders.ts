import DataLoader from 'dataloader';
import { type Company, readCompany } from '#platform/companies';
import { type CompanyId, sql, type Transaction } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import type { EntryRow } from '../ledger/ledger.ts';
import { transactionsOfInvoices } from '../ledger/list-transactions.ts';
import { INVOICE_COLUMNS, INVOICES, type InvoiceRow } from './invoice.row.ts';
import type { Invoice } from './invoice.type.ts';
import { toInvoice } from './to-invoice.ts';

/** Something of a company, by its id. */
export interface CompanyKey {
  companyId: CompanyId;
  id: string;
}

/** Loads invoices that entries of the ledger belong to. */
export function invoiceLoader(context: RequestContext) {
  return keyedLoader<Invoice | null>(context, async (transaction, ids) => {
    const company: Company = await readCompany(transaction);
    const rows = await transaction.query<InvoiceRow>(
      'invoices.by_id',
      sql`SELECT ${INVOICE_COLUMNS} FROM ${INVOICES}
        WHERE invoice.company_id = ${transaction.companyId} AND invoice.id = ANY(${ids}::text[])`,
    );
    const byId = new Map(rows.map((row) => [row.id, toInvoice(company, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Loads the entries of the ledger of invoices, in the order of booking. */
export function entriesLoader(context: RequestContext) {
  return keyedLoader<EntryRow[]>(context, async (transaction, ids) => {
    const byInvoice = Map.groupBy(await transactionsOfInvoices(transaction, ids), (entry) => entry.invoice_id);
    return ids.map((id) => byInvoice.get(id) ?? []);
  });
}

/** A loader that reads once a company, whatever it is asked for at the same time. */
export function keyedLoader<Value>(
  context: RequestContext,
  load: (transaction: Transaction, ids: readonly string[]) => Promise<Value[]>,
): DataLoader<CompanyKey, Value, string> {
  const read = async (keys: readonly CompanyKey[]) => {
    const values = new Map<string, Value>();
    for (const [companyId, group] of Map.groupBy(keys, (key) => key.companyId)) {
      const ids = group.map(({ id }) => id);
      const loaded = await context.read(companyId, (transaction) => load(transaction, ids));
      for (const [index, value] of loaded.entries()) values.set(`${companyId}/${ids[index]}`, value);
    }
    return keys.map(({ companyId, id }) => values.get(`${companyId}/${id}`) as Value);
  };
  return new DataLoader(read, { cacheKeyFn: ({ companyId, id }) => `${companyId}/${id}` });
}
