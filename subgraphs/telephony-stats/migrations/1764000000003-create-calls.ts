import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';
import { createDirectoryTable } from '#platform/directory';
import { createCompanyTables } from '#platform/ingest';

/**
 * call_legs: the current state of every leg, one row an event id. Optional values stand beside the time (`_at`) of the event
 * that they came with, so that events merge in any order.
 * calls: one row a call, made anew from all its legs whenever one of them changes. It is what all figures are counted from.
 * directory: names of trunks, bots and operators, one row a (kind, id).
 * number_salts: one row a company, the secret with which its telephone numbers are hashed; numbers themselves are kept nowhere.
 */
export class CreateCalls1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCompanyTables(runner, 'telephony_stats');
    await createDirectoryTable(runner, 'telephony_stats');
    await runner.query(`
      CREATE TYPE telephony_stats.call_direction AS ENUM ('INBOUND', 'OUTBOUND');
      CREATE TYPE telephony_stats.call_status AS ENUM (
        'IN_PROGRESS', 'ANSWERED', 'NO_ANSWER', 'BUSY', 'FAILED', 'CANCELED', 'REJECTED', 'CONGESTION'
      );
      CREATE TABLE telephony_stats.number_salts (
        company_id bigint PRIMARY KEY,
        salt text NOT NULL
      );
    `);
    await runner.query(CALL_LEGS);
    await runner.query(CALLS);
    for (const table of ['number_salts', 'call_legs', 'calls'] as const) {
      await protectTable(runner, `telephony_stats.${table}`);
    }
    await runner.query(`
      GRANT USAGE ON TYPE telephony_stats.call_direction, telephony_stats.call_status TO telephony_stats;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE telephony_stats.calls, telephony_stats.call_legs, telephony_stats.number_salts;
      DROP TYPE telephony_stats.call_status, telephony_stats.call_direction;
      DROP TABLE telephony_stats.directory, telephony_stats.erased, telephony_stats.data_version, telephony_stats.ingest_lock;
    `);
  }
}

const CALL_LEGS = `
  CREATE TABLE telephony_stats.call_legs (
    company_id bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    call_id text COLLATE "C" NOT NULL,      -- the call it is a leg of: root_id, else its own id
    root_id text COLLATE "C",               -- as given
    started_at timestamptz NOT NULL,
    status_at timestamptz NOT NULL,
    answered_at timestamptz,
    answered_at_at timestamptz,
    ended_at timestamptz,
    ended_at_at timestamptz,
    hold_seconds_at timestamptz,
    wrap_up_seconds_at timestamptz,
    trunk_id_at timestamptz,
    bot_id_at timestamptz,
    operator_id_at timestamptz,
    number_hash_at timestamptz,
    evaluation_at timestamptz,
    cause_at timestamptz,
    price_at timestamptz,
    price_micros bigint,                    -- millionths of the company's currency
    hold_seconds integer,
    wrap_up_seconds integer,
    direction telephony_stats.call_direction NOT NULL,
    status telephony_stats.call_status NOT NULL,
    trunk_id text COLLATE "C",
    bot_id text COLLATE "C",
    operator_id text COLLATE "C",
    number_hash text COLLATE "C",
    evaluation text COLLATE "C",
    cause text COLLATE "C",
    PRIMARY KEY (company_id, id)
  ) WITH (fillfactor = 90);
  CREATE INDEX call_legs_call ON telephony_stats.call_legs (company_id, call_id);
  CREATE INDEX call_legs_trunk ON telephony_stats.call_legs (company_id, trunk_id) WHERE trunk_id IS NOT NULL;
  CREATE INDEX call_legs_bot ON telephony_stats.call_legs (company_id, bot_id) WHERE bot_id IS NOT NULL;
  CREATE INDEX call_legs_operator ON telephony_stats.call_legs (company_id, operator_id) WHERE operator_id IS NOT NULL;
`;

const CALLS = `
  CREATE TABLE telephony_stats.calls (
    company_id bigint NOT NULL,
    root_id text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL,
    answered_at timestamptz,
    ended_at timestamptz,                   -- null while a leg runs
    price_micros numeric(30, 0),            -- sum of the legs, which may be more than a bigint holds; null where none has a price
    talk_seconds integer,                   -- null where the call was not answered, or its end is not known yet
    hold_seconds integer NOT NULL,
    wrap_up_seconds integer NOT NULL,
    direction telephony_stats.call_direction NOT NULL,
    status telephony_stats.call_status NOT NULL,
    trunk_id text COLLATE "C",
    bot_id text COLLATE "C",
    operator_id text COLLATE "C",
    number_hash text COLLATE "C",
    evaluation text COLLATE "C",
    cause text COLLATE "C",
    PRIMARY KEY (company_id, root_id)
  ) WITH (fillfactor = 90);
  CREATE INDEX calls_started ON telephony_stats.calls (company_id, started_at, root_id);
`;
