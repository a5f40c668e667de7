import { readCompany } from '#platform/companies';
import type { RequestContext } from '#platform/graphql';
import { keyedLoader } from '../invoices/invoice-loaders.ts';
import { AccountTransaction } from '../ledger/account-transaction.type.ts';
import { findEntries } from '../ledger/ledger.ts';
import { toAccountTransaction } from '../ledger/to-account-transaction.ts';

/** Loads the entries of the ledger that changes are of. */
export function transactionLoader(context: RequestContext) {
  return keyedLoader<AccountTransaction | null>(context, async (transaction, ids) => {
    const company = await readCompany(transaction);
    const entries = await findEntries(transaction, ids);
    const byId = new Map(
      entries.map((entry) => [entry.id, Object.assign(new AccountTransaction(), toAccountTransaction(company, entry))]),
    );
    return ids.map((id) => byId.get(id) ?? null);
  });
}
