import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * operator_sessions: one row an assignment of a dialogue to an operator, whether the dialogue is known yet or not; it counts where
 * the dialogue has a row. ended_at and is_answered are derived from the dialogue and its messages under the company's lock.
 * operator_states: one row a change of an operator's state, which holds until the next one.
 */
export class CreateOperatorEvents1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE chat_stats.operator_state AS ENUM ('ONLINE', 'PAUSED', 'OFFLINE');
      CREATE TABLE chat_stats.operator_sessions (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        assigned_at timestamptz NOT NULL,
        released_at timestamptz,
        ended_at timestamptz,                       -- the earlier of released_at and the dialogue's closed_at
        dialogue_id text COLLATE "C" NOT NULL,
        operator_id text COLLATE "C" NOT NULL,
        skipped boolean,                            -- as it was sent; null: derived
        is_answered boolean NOT NULL DEFAULT false, -- the operator wrote in the dialogue between assigned_at and ended_at
        PRIMARY KEY (company_id, id)
      ) WITH (fillfactor = 80);
      CREATE INDEX operator_sessions_assigned ON chat_stats.operator_sessions (company_id, assigned_at);
      CREATE INDEX operator_sessions_operator ON chat_stats.operator_sessions (company_id, operator_id);
      CREATE INDEX operator_sessions_dialogue ON chat_stats.operator_sessions (company_id, dialogue_id);
      -- Those that a search from a few days before the period on would miss.
      CREATE INDEX operator_sessions_long ON chat_stats.operator_sessions (company_id, assigned_at)
        WHERE ended_at IS NULL OR ended_at - assigned_at > '7 days';
      CREATE TABLE chat_stats.operator_states (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,               -- epoch milliseconds of at, a colon, the operator
        at timestamptz NOT NULL,
        until timestamptz,                          -- at of the operator's next change; null: it lasts
        operator_id text COLLATE "C" NOT NULL,
        state chat_stats.operator_state NOT NULL,
        PRIMARY KEY (company_id, id)
      ) WITH (fillfactor = 80);
      CREATE INDEX operator_states_at ON chat_stats.operator_states (company_id, at);
      CREATE INDEX operator_states_operator ON chat_stats.operator_states (company_id, operator_id, at);
      CREATE INDEX operator_states_long ON chat_stats.operator_states (company_id, at)
        WHERE until IS NULL OR until - at > '7 days';
    `);
    await protectTable(runner, 'chat_stats.operator_sessions');
    await protectTable(runner, 'chat_stats.operator_states');
    await runner.query('GRANT USAGE ON TYPE chat_stats.operator_state TO chat_stats');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE chat_stats.operator_states, chat_stats.operator_sessions;
      DROP TYPE chat_stats.operator_state;
    `);
  }
}
