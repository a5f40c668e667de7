import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute } from '#platform/database';

/**
 * month_close: one row a company and month that somebody has begun to close, and how that went. Finance staff reads it across
 * companies, and nobody else does, so that it has no row-level security.
 * month_close_work: one row a company; when its next month is to be closed. A work list.
 */
export class CreateMonthClose1764000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE billing.month_close (
        company_id bigint NOT NULL,
        month date NOT NULL,                     -- its first day
        status text NOT NULL CHECK (status IN ('CLOSING', 'INVOICED', 'BLOCKED_DETAILS', 'NO_USAGE', 'FAILED')),
        missing_fields text[] NOT NULL,          -- of the company's details
        invoice_id text COLLATE "C",
        PRIMARY KEY (company_id, month)
      );
      CREATE INDEX month_close_month ON billing.month_close (month, status);
      CREATE TABLE billing.month_close_work (
        company_id bigint PRIMARY KEY,
        due_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON billing.month_close, billing.month_close_work TO billing;
      INSERT INTO billing.month_close_work (company_id, due_at) SELECT company_id, registered_at FROM billing.companies;
    `);
    await distribute(runner, `create_distributed_table('billing.month_close', 'company_id')`);
    await distribute(runner, `create_distributed_table('billing.month_close_work', 'company_id')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE billing.month_close_work, billing.month_close;');
  }
}
