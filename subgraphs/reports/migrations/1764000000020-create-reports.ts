import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';
import { createFilesTable } from '#platform/files';

/**
 * reports: one row a report, from the request on. files: the documents that were formed; one a report at most.
 * Searching by a part of the name reads a company's reports by reports_added: an index of trigrams would never be used, as
 * row-level security lets no index answer for an operator that is not leakproof, and ILIKE is none.
 */
export class CreateReports1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFilesTable(runner, 'reports');
    await runner.query(`
      CREATE TABLE reports.reports (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,             -- a UUID
        name text NOT NULL,
        service text COLLATE "C",                 -- null: all services
        type text COLLATE "C" NOT NULL,
        format text COLLATE "C" NOT NULL,
        locale text COLLATE "C" NOT NULL,
        origin text COLLATE "C" NOT NULL,
        period_from timestamptz NOT NULL,
        period_to timestamptz NOT NULL,           -- does not belong to the period
        time_zone text NOT NULL,
        idempotency_key text COLLATE "C",         -- null: made by a schedule
        input_hash text COLLATE "C",              -- of the input that came with the key
        added_at timestamptz NOT NULL,
        status text COLLATE "C" NOT NULL CHECK (status IN ('GENERATING', 'GENERATED', 'ERROR', 'EXPIRED')),
        attempt integer NOT NULL,                 -- advances with every request to generate it again
        job_id text COLLATE "C" NOT NULL,         -- of this attempt
        progress integer NOT NULL CHECK (progress BETWEEN 0 AND 100),
        error_code text COLLATE "C",
        error_message text,
        error_retryable boolean,
        formed_at timestamptz,                    -- of the file that is there
        as_of timestamptz,                        -- last commit of events that the file includes
        row_count bigint,                         -- of the file
        file_id text COLLATE "C",
        PRIMARY KEY (company_id, id),
        CHECK ((status = 'ERROR') = (error_code IS NOT NULL)),
        CHECK (status <> 'GENERATED' OR (file_id IS NOT NULL AND formed_at IS NOT NULL AND row_count IS NOT NULL))
      ) WITH (fillfactor = 80);
      CREATE INDEX reports_added ON reports.reports (company_id, added_at, id);
      CREATE UNIQUE INDEX reports_idempotency ON reports.reports (company_id, idempotency_key);
    `);
    await protectTable(runner, 'reports.reports');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reports.reports, reports.files');
  }
}
