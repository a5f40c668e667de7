import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * How much lines carry, counted in legs and kept in line with call_legs by the transaction that changes them.
 *
 * trunk_quarters: one row a trunk and quarter of an hour in which it started a leg: how many, and the fullest clock second.
 * trunk_days: the same, one row a trunk and local day of the company.
 * leg_quarters: one row a quarter of an hour in which a leg that is over began or ended: how the number of legs at once changes.
 * leg_days: the same, one row a local day of the company.
 * load_levels: one row a company whose four tables are complete, with the zone that its days are cut in.
 *
 * call_legs.over_at: when the leg was over, as every figure has it; null while it runs.
 */
export class CreateCallLoad1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE telephony_stats.call_legs ADD COLUMN over_at timestamptz GENERATED ALWAYS AS (
        CASE WHEN status = 'IN_PROGRESS' THEN NULL
          WHEN ended_at IS NOT NULL OR status = 'ANSWERED' THEN ended_at
          ELSE status_at END
      ) STORED;
      DROP INDEX telephony_stats.call_legs_trunk;
      CREATE INDEX call_legs_trunk ON telephony_stats.call_legs (company_id, trunk_id, started_at) WHERE trunk_id IS NOT NULL;
      CREATE INDEX call_legs_started ON telephony_stats.call_legs (company_id, started_at);
      CREATE INDEX call_legs_over ON telephony_stats.call_legs (company_id, over_at, started_at);
    `);
    await runner.query(TRUNK_LEVELS);
    await runner.query(LEG_LEVELS);
    for (const table of TABLES) await protectTable(runner, `telephony_stats.${table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE ${TABLES.map((table) => `telephony_stats.${table}`).join(', ')};
      DROP INDEX telephony_stats.call_legs_over, telephony_stats.call_legs_started, telephony_stats.call_legs_trunk;
      CREATE INDEX call_legs_trunk ON telephony_stats.call_legs (company_id, trunk_id) WHERE trunk_id IS NOT NULL;
      ALTER TABLE telephony_stats.call_legs DROP COLUMN over_at;
    `);
  }
}

const TABLES = ['trunk_quarters', 'trunk_days', 'leg_quarters', 'leg_days', 'load_levels'] as const;

const TRUNK_LEVELS = ['trunk_quarters', 'trunk_days']
  .map(
    (table) => `
  CREATE TABLE telephony_stats.${table} (
    company_id bigint NOT NULL,
    starts_at timestamptz NOT NULL,         -- its first instant
    trunk_id text COLLATE "C" NOT NULL,
    calls integer NOT NULL,                 -- legs that started in it
    peak integer NOT NULL,                  -- most of them within one clock second
    peak_at timestamptz NOT NULL,           -- the first such second
    PRIMARY KEY (company_id, starts_at, trunk_id)
  );`,
  )
  .join('');

const LEG_LEVELS = `${['leg_quarters', 'leg_days']
  .map(
    (table) => `
  CREATE TABLE telephony_stats.${table} (
    company_id bigint NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,           -- the first instant after it
    net integer NOT NULL,                   -- legs that began in it less legs that ended in it
    most integer NOT NULL,                  -- greatest excess over the number of legs just before it
    area bigint NOT NULL,                   -- that excess times the milliseconds that it lasted
    PRIMARY KEY (company_id, starts_at)
  );`,
  )
  .join('')}
  CREATE TABLE telephony_stats.load_levels (
    company_id bigint PRIMARY KEY,
    time_zone text NOT NULL,
    zone_rules text NOT NULL                -- version of the time zone database that cut the days
  );
`;
