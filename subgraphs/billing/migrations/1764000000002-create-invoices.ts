import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, protectTable } from '#platform/database';
import { createFilesTable } from '#platform/files';
import { createIdempotencyTable } from '#platform/idempotency';

/**
 * company_details: what a company's invoices say of it, one row a company.
 * invoices: one row an invoice, with everything that it was issued with; only what is paid, and the document, come later.
 * invoice_series: how far the numbers of each series have got, one row a series, over all companies.
 * ledger: one row a movement of a company's money, numbered in the order of booking; never changed.
 * account_lock: one row a company; whoever books locks it first.
 * Amounts are millionths of the company's currency.
 */
export class CreateInvoices1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFilesTable(runner, 'billing');
    await createIdempotencyTable(runner, 'billing');
    await createDetails(runner);
    await createInvoices(runner);
    await createSeries(runner);
    await createLedger(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE billing.ledger, billing.account_lock, billing.invoice_series, billing.invoices, billing.company_details,
        billing.idempotency_keys, billing.files;
    `);
  }
}

async function createDetails(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE billing.company_details (
      company_id bigint PRIMARY KEY,
      legal_name text,
      tax_id text,
      country text,                            -- ISO 3166-1, two letters
      city text,
      street text,
      postal_code text,
      bank_name text,
      bank_account text
    );
  `);
  await protectTable(runner, 'billing.company_details');
}

async function createInvoices(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE billing.invoices (
      company_id bigint NOT NULL,
      id text COLLATE "C" NOT NULL,
      kind text NOT NULL CHECK (kind IN ('MONTHLY', 'TOP_UP')),
      number text COLLATE "C" NOT NULL,
      status text NOT NULL CHECK (status IN ('OPEN', 'PARTIALLY_PAID', 'PAID', 'VOID')),
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      covers_from timestamptz NOT NULL,        -- the billed month, or the millisecond of a top-up's creation
      covers_to timestamptz NOT NULL,
      period_start date,                       -- of the billed month; null for top-ups
      period_end date,                         -- last day
      amount_micros numeric(30, 0) NOT NULL,   -- payable
      paid_micros numeric(30, 0) NOT NULL DEFAULT 0,
      snapshot jsonb NOT NULL,                 -- parties, lines, tax: what the document shows
      pdf_file_id text COLLATE "C",            -- null while it is being made
      PRIMARY KEY (company_id, id),
      UNIQUE (company_id, number)
    );
    CREATE INDEX invoices_created ON billing.invoices (company_id, created_at, id);
  `);
  await protectTable(runner, 'billing.invoices');
}

async function createSeries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE billing.invoice_series (
      series text COLLATE "C" PRIMARY KEY,     -- a number with {seq} in the place of its count
      last_number bigint NOT NULL
    );
    GRANT SELECT, INSERT, UPDATE ON billing.invoice_series TO billing;
  `);
  await distribute(runner, `create_reference_table('billing.invoice_series')`);
}

async function createLedger(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE billing.account_lock (
      company_id bigint PRIMARY KEY,
      entries bigint NOT NULL                  -- number of the last entry in the ledger
    );
    CREATE TABLE billing.ledger (
      company_id bigint NOT NULL,
      id text COLLATE "C" NOT NULL,
      entry bigint NOT NULL,                   -- 1, 2, 3, ... in the order of booking
      type text NOT NULL CHECK (type IN ('DEPOSIT', 'CHARGE', 'ADJUSTMENT', 'REFUND')),
      paid_at timestamptz NOT NULL,
      booked_at timestamptz NOT NULL,
      amount_micros numeric(30, 0) NOT NULL,   -- signed: the sum is the balance
      balance_micros numeric(30, 0) NOT NULL,  -- after this entry
      invoice_id text COLLATE "C",
      invoice_number text COLLATE "C",
      reference text COLLATE "C",
      PRIMARY KEY (company_id, id),
      UNIQUE (company_id, entry),
      UNIQUE (company_id, reference)
    );
    CREATE INDEX ledger_paid ON billing.ledger (company_id, paid_at, id);
    CREATE INDEX ledger_invoice ON billing.ledger (company_id, invoice_id, entry) WHERE invoice_id IS NOT NULL;
  `);
  await protectTable(runner, 'billing.account_lock');
  await protectTable(runner, 'billing.ledger');
  await runner.query('REVOKE UPDATE, DELETE ON billing.ledger FROM billing;');
}
