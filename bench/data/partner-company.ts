import type { World } from '../world.ts';
import { copyInto } from './copy.ts';
import { invoiceRows } from './invoice-rows.ts';

const COUNTERS = `
  INSERT INTO billing.change_lock (company_id, last_sequence, last_at)
    SELECT company_id, max(sequence), max(at) FROM billing.changes WHERE company_id = $1 GROUP BY company_id`;
const ACCOUNT = `
  INSERT INTO billing.account_lock (company_id, entries)
    SELECT company_id, max(entry) FROM billing.ledger WHERE company_id = $1 GROUP BY company_id`;

/** A company with so many invoices, in the tables as if they had been issued over a year. Gives its number. */
export async function partnerCompany(world: World, invoices: number): Promise<string> {
  const id = await world.register('partner', 'Europe/Moscow');
  await world.withOwner(async (client) => {
    for (const source of invoiceRows(id, invoices, world.config)) await copyInto(client, source);
    for (const statement of [COUNTERS, ACCOUNT]) await client.query(statement, [id]);
    await client.query('VACUUM ANALYZE billing.invoices, billing.invoice_revisions, billing.ledger, billing.changes');
  });
  return id;
}
