import type { MigrationInterface, QueryRunner } from 'typeorm';
import { distribute, protectTable } from '#platform/database';

/**
 * schedules: one row a schedule; one of the system stays when it is stopped, so that it is not made anew. reports: which run of
 * which schedule made it, and when its file is removed. report_work: one row a company, the moment at which something is next
 * due for it; it holds nothing else, and workers read it over all companies. report_due: the same with every registered
 * company that has no row yet, so that a new one gets what every company has.
 */
export class ScheduleReports1764000000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reports.reports
        ADD COLUMN expires_at timestamptz,               -- of the last file that was formed
        ADD COLUMN schedule_id text COLLATE "C",         -- null: asked for by hand
        ADD COLUMN schedule_day text COLLATE "C";        -- of the run: the first local day after its period, a date
      CREATE UNIQUE INDEX reports_schedule_run ON reports.reports (company_id, schedule_id, schedule_day);
      CREATE INDEX reports_expiry ON reports.reports (company_id, expires_at) WHERE file_id IS NOT NULL;
      CREATE INDEX reports_waiting ON reports.reports (company_id) WHERE status = 'GENERATING';
      CREATE TABLE reports.schedules (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,                    -- a UUID; of the system: its service
        name text NOT NULL,
        service text COLLATE "C",                        -- null: all services
        type text COLLATE "C" NOT NULL,
        frequency text COLLATE "C" NOT NULL CHECK (frequency IN ('DAILY', 'WEEKLY', 'MONTHLY')),
        format text COLLATE "C" NOT NULL,
        locale text COLLATE "C" NOT NULL,
        origin text COLLATE "C" NOT NULL CHECK (origin IN ('SYSTEM', 'USER')),
        idempotency_key text COLLATE "C",                -- null: of the system
        input_hash text COLLATE "C",
        created_at timestamptz NOT NULL,
        next_day text COLLATE "C" NOT NULL,              -- of the next run: the first local day after its period, a date
        stopped boolean NOT NULL,
        PRIMARY KEY (company_id, id)
      );
      CREATE UNIQUE INDEX schedules_idempotency ON reports.schedules (company_id, idempotency_key);
      CREATE TABLE reports.report_work (
        company_id bigint PRIMARY KEY,
        due_at timestamptz NOT NULL
      );
      CREATE INDEX report_work_due ON reports.report_work (due_at);
      CREATE VIEW reports.report_due WITH (security_invoker = true) AS
        SELECT company_id, due_at FROM reports.report_work
        UNION ALL
        SELECT company_id, '-infinity' FROM billing.companies
        WHERE NOT EXISTS (SELECT FROM reports.report_work WHERE report_work.company_id = companies.company_id);
      GRANT SELECT, INSERT, UPDATE ON reports.report_work TO reports;
      GRANT SELECT ON reports.report_due TO reports;
    `);
    await protectTable(runner, 'reports.schedules');
    await distribute(runner, `create_reference_table('reports.report_work')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW reports.report_due;
      DROP TABLE reports.report_work, reports.schedules;
      DROP INDEX reports.reports_schedule_run, reports.reports_expiry, reports.reports_waiting;
      ALTER TABLE reports.reports DROP COLUMN expires_at, DROP COLUMN schedule_id, DROP COLUMN schedule_day;
    `);
  }
}
