import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * invoice_revisions: one row a revision of an invoice, with everything that its document shows; never changed.
 * invoice_documents: one row a document of an invoice (revision 0 as issued, 1 and up as revised), in its two forms; never changed.
 * staff_acts: one row a thing that staff did to a company's money or to its registration; never changed.
 * invoices: the number of the latest revision and what it says is paid already; the document moves to invoice_documents.
 * Amounts are millionths of the company's currency.
 */
export class CreateRevisions1764000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE billing.invoices
        ADD COLUMN revision integer NOT NULL DEFAULT 0,              -- number of the latest one; 0: none
        ADD COLUMN stated_micros numeric(30, 0) NOT NULL DEFAULT 0,  -- paid already, as the latest revision states
        DROP COLUMN pdf_file_id;
      CREATE UNIQUE INDEX invoices_month ON billing.invoices (company_id, period_start) WHERE kind = 'MONTHLY';
      CREATE INDEX invoices_updated ON billing.invoices (company_id, updated_at, id);
      CREATE TABLE billing.invoice_revisions (
        company_id bigint NOT NULL,
        invoice_id text COLLATE "C" NOT NULL,
        number integer NOT NULL,                 -- 1, 2, 3, ...
        id text COLLATE "C" NOT NULL,
        reason text NOT NULL CHECK (reason IN ('COST_CHANGE', 'PREPAYMENT', 'OTHER')),
        amount_micros numeric(30, 0) NOT NULL,   -- payable, tax included
        stated_micros numeric(30, 0) NOT NULL,   -- paid already for the period
        revised_at timestamptz NOT NULL,
        by_name text NOT NULL,
        by_email text NOT NULL,
        comment text,
        snapshot jsonb NOT NULL,
        PRIMARY KEY (company_id, invoice_id, number),
        UNIQUE (company_id, id)
      );
      CREATE TABLE billing.invoice_documents (
        company_id bigint NOT NULL,
        invoice_id text COLLATE "C" NOT NULL,
        revision integer NOT NULL,
        pdf_file_id text COLLATE "C" NOT NULL,
        ubl_file_id text COLLATE "C" NOT NULL,
        made_at timestamptz NOT NULL,
        PRIMARY KEY (company_id, invoice_id, revision)
      );
      CREATE TABLE billing.staff_acts (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        kind text NOT NULL CHECK (kind IN ('INVOICE_REVISED', 'INVOICE_VOIDED', 'PAYMENT_RECORDED', 'COMPANY_REGISTERED')),
        at timestamptz NOT NULL,
        by_name text NOT NULL,
        by_email text NOT NULL,
        invoice_id text COLLATE "C",
        comment text,
        PRIMARY KEY (company_id, id)
      );
      CREATE INDEX staff_acts_at ON billing.staff_acts (company_id, at, id);
    `);
    for (const table of ['invoice_revisions', 'invoice_documents', 'staff_acts'] as const) {
      await protectTable(runner, `billing.${table}`);
      await runner.query(`REVOKE UPDATE, DELETE ON billing.${table} FROM billing`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE billing.staff_acts, billing.invoice_documents, billing.invoice_revisions;
      DROP INDEX billing.invoices_updated, billing.invoices_month;
      ALTER TABLE billing.invoices DROP COLUMN stated_micros, DROP COLUMN revision, ADD COLUMN pdf_file_id text COLLATE "C";
    `);
  }
}
