import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, EVERY_SUBGRAPH } from '#platform/database';

/**
 * companies: the register, one row a company. Every subgraph reads it, because a token's company, its zone and its currency
 * are looked up before anything else is known; only billing writes it. It holds no figures and has no row-level security.
 */
export class CreateCompanies1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE billing.companies (
        company_id bigint PRIMARY KEY,
        name text NOT NULL,
        time_zone text NOT NULL,
        currency text NOT NULL,
        version bigint NOT NULL DEFAULT 1,     -- advances with every change of name or zone
        registered_at timestamptz NOT NULL
      );
      GRANT USAGE ON SCHEMA billing TO ${EVERY_SUBGRAPH};
      GRANT SELECT ON billing.companies TO ${EVERY_SUBGRAPH};
      GRANT INSERT, UPDATE ON billing.companies TO billing;
    `);
    await distribute(runner, `create_reference_table('billing.companies')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE billing.companies;
      REVOKE USAGE ON SCHEMA billing FROM ${EVERY_SUBGRAPH};
    `);
  }
}
