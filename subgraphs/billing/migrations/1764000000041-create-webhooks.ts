import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, protectTable } from '#platform/database';

/**
 * webhooks: one row an address that is told of a company's changes, with how far it has been told.
 * webhook_deliveries: one row a try to tell it of one change.
 * webhook_work: the work list, one row a company that has something to tell, or will have at some time.
 */
export class CreateWebhooks1764000000041 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE billing.webhooks (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        url text NOT NULL,
        kinds text[] NOT NULL,                   -- of changes
        sealed_secret text NOT NULL,             -- encrypted
        created_at timestamptz NOT NULL,
        delivered_sequence bigint NOT NULL,      -- every change up to this one was delivered, or is of another kind
        failures integer NOT NULL DEFAULT 0,     -- tries of the change that follows
        next_attempt_at timestamptz,             -- null: as soon as there is a change
        deliveries bigint NOT NULL DEFAULT 0,    -- number of the last try in the log
        run_id text,                             -- of the job that delivers now
        run_until timestamptz,                   -- the job is taken for lost afterwards
        PRIMARY KEY (company_id, id)
      );
      CREATE TABLE billing.webhook_deliveries (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,            -- the webhook's, and the number of the try
        webhook_id text COLLATE "C" NOT NULL,
        at timestamptz NOT NULL,
        attempt integer NOT NULL,
        sequence bigint NOT NULL,                -- of the change
        response_status integer,
        error text,                              -- null: it was delivered
        next_attempt_at timestamptz,
        PRIMARY KEY (company_id, id)
      );
      CREATE INDEX webhook_deliveries_at ON billing.webhook_deliveries (company_id, webhook_id, at, id);
      CREATE TABLE billing.webhook_work (
        company_id bigint PRIMARY KEY,
        due_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON billing.webhook_work TO billing;
    `);
    await protectTable(runner, 'billing.webhooks');
    await protectTable(runner, 'billing.webhook_deliveries');
    await distribute(runner, `create_reference_table('billing.webhook_work')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE billing.webhook_work, billing.webhook_deliveries, billing.webhooks;');
  }
}
