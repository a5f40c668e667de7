import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * changes: one row a change of a company's invoices and payments, numbered 1, 2, 3, ... in the order of their commits; never
 * changed. Invoices and payments of before are entered by their times; their documents are, when they are made.
 * change_lock: one row a company; whoever records a change holds it until the commit.
 */
export class CreateChanges1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE billing.change_lock (
        company_id bigint PRIMARY KEY,
        last_sequence bigint NOT NULL,           -- number of the last change
        last_at timestamptz NOT NULL
      );
      CREATE TABLE billing.changes (
        company_id bigint NOT NULL,
        sequence bigint NOT NULL,
        kind text NOT NULL CHECK (kind IN
          ('INVOICE_CREATED', 'INVOICE_REVISED', 'INVOICE_VOIDED', 'DOCUMENTS_READY', 'PAYMENT_RECORDED')),
        at timestamptz NOT NULL,                 -- never before an earlier change
        invoice_id text COLLATE "C",
        revision_id text COLLATE "C",
        transaction_id text COLLATE "C",         -- of the ledger
        PRIMARY KEY (company_id, sequence)
      );
    `);
    await enterThePast(runner);
    await protectTable(runner, 'billing.change_lock');
    await protectTable(runner, 'billing.changes');
    await runner.query('REVOKE UPDATE, DELETE ON billing.changes FROM billing;');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE billing.changes, billing.change_lock;');
  }
}

/** One company after another, as row-level security would show an owner that is no superuser nothing else. */
async function enterThePast(runner: QueryRunner): Promise<void> {
  await runner.query(`
    DO $$
    DECLARE company bigint;
    BEGIN
      FOR company IN SELECT company_id FROM billing.companies LOOP
        EXECUTE format('SET LOCAL app.company_id = %L', company);
        INSERT INTO billing.changes (company_id, sequence, kind, at, invoice_id, transaction_id)
        SELECT company, row_number() OVER (ORDER BY at, rank, id), kind, at, invoice_id, transaction_id
        FROM (
          SELECT id, 1 AS rank, 'INVOICE_CREATED' AS kind, created_at AS at, id AS invoice_id, NULL AS transaction_id
          FROM billing.invoices WHERE company_id = company
          UNION ALL
          SELECT id, 2, 'PAYMENT_RECORDED', booked_at, invoice_id, id
          FROM billing.ledger WHERE company_id = company AND type = 'DEPOSIT'
        ) AS past;
        INSERT INTO billing.change_lock (company_id, last_sequence, last_at)
        SELECT company, count(*), max(at) FROM billing.changes WHERE company_id = company HAVING count(*) > 0;
      END LOOP;
    END $$;
    SET LOCAL app.company_id = '';
  `);
}
