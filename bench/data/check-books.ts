import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { openFiles } from '#platform/files';
import { expectEqual } from '../harness/compare.ts';
import type { World } from '../world.ts';
import { invoicedAmounts, sumRows } from './billed-amounts.ts';
import { BILLED_MONTH } from './billed-companies.ts';

/**
 * Throws unless each of the companies has one invoice of the month with the amounts that plain sums of its rows give, charged once,
 * under numbers without gaps, and with a PDF and a UBL whose bytes are those that were recorded.
 */
export async function checkBooks(world: World, companyIds: readonly string[]): Promise<void> {
  await world.withOwner(async (client) => {
    const expected = await sumRows(client, companyIds, world.config.TAX_RATE);
    expectEqual('companies that used something', expected.length, companyIds.length);
    const invoiced = await invoicedAmounts(client, companyIds);
    expectEqual('amounts of invoices and sums of rows', invoiced, expected);
    expectEqual('charges and amounts', await charges(client, companyIds), expected.map(charged));
    await checkNumbers(client);
    await checkFiles(world, client, companyIds);
  });
}

const charged = ({ companyId, amount }: { companyId: string; amount: string }) => {
  return { companyId, type: 'CHARGE', amount: `-${amount}`, balance: `-${amount}` };
};

/** Everything that stands on the companies' accounts. */
async function charges(client: Client, companyIds: readonly string[]) {
  const { rows } = await client.query(
    `SELECT entry.company_id AS "companyId", type, entry.amount_micros::text AS amount, balance_micros::text AS balance
      FROM billing.ledger AS entry
      LEFT JOIN billing.invoices AS invoice ON invoice.company_id = entry.company_id AND invoice.id = entry.invoice_id
        AND invoice.number = entry.invoice_number
      WHERE entry.company_id = ANY($1) ORDER BY entry.company_id, entry`,
    [companyIds],
  );
  return rows;
}

/** The numbers of all monthly invoices there are, in this or any other company: 1, 2, 3, ... */
async function checkNumbers(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: string }>(
    `SELECT number FROM billing.invoices WHERE kind = 'MONTHLY' ORDER BY number`,
  );
  const expected = rows.map((_, index) => `M-2026-${String(index + 1).padStart(6, '0')}`);
  expectEqual(
    'numbers',
    rows.map(({ number }) => number),
    expected,
  );
}

interface KeptFile {
  invoice: string;
  id: string;
  type: string;
  size: number;
  sha256: string;
}

/** Reads every file of the companies' invoices. */
async function checkFiles(world: World, client: Client, companyIds: readonly string[]): Promise<void> {
  const { rows } = await client.query<KeptFile>(
    `SELECT invoice.number AS invoice, file.id, content_type AS type, size_bytes::int AS size, sha256
      FROM billing.invoices AS invoice
      JOIN billing.invoice_documents AS document
        ON document.company_id = invoice.company_id AND document.invoice_id = invoice.id AND document.revision = 0
      JOIN billing.files AS file
        ON file.company_id = document.company_id AND file.id IN (document.pdf_file_id, document.ubl_file_id)
      WHERE invoice.company_id = ANY($1) AND period_start = $2 ORDER BY invoice.number, content_type`,
    [companyIds, BILLED_MONTH],
  );
  const types = rows.map(({ type }) => type);
  expectEqual(
    'forms of documents',
    types,
    companyIds.flatMap(() => ['application/pdf', 'application/xml']),
  );
  const { store } = await openFiles(world.config);
  for (const { invoice, id, type, size, sha256 } of rows) {
    const bytes = Buffer.concat(await (await store.read(id)).toArray());
    const hash = createHash('sha256').update(bytes).digest('hex');
    expectEqual(`bytes of ${invoice} as ${type}`, { size: bytes.length, sha256: hash }, { size, sha256 });
    const isPdf = bytes.subarray(0, 5).toString() === '%PDF-';
    expectEqual(`form of ${invoice}`, isPdf, type === 'application/pdf');
  }
}
