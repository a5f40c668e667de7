import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * Sums by local days, kept by whatever transaction changes the rows that they are made of, under the company's lock.
 *
 * - day_zones: one row a company: the time zone whose days the other tables hold. Made with the first events, anew with a new zone.
 * - operator_days: one row an operator, day and gap: in how many dialogues they wrote on that day whose previous day with a message
 *   of theirs lies `gap` days before (0: there is none), and how many messages they wrote in them. Different dialogues of a period are
 *   those whose previous day lies before it.
 * - operator_state_days: one row an operator, day and state: milliseconds of states that have ended and lasted 7 days at most.
 * - phrase_days: one row an author, day and phrase: messages whose dialogue is known.
 */
export class CreateDays1764100000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chat_stats.day_zones (
        company_id bigint PRIMARY KEY,
        time_zone text NOT NULL,
        rules text NOT NULL           -- version of the time zone database by which days were told apart
      );
      CREATE TABLE chat_stats.operator_days (
        company_id bigint NOT NULL,
        day date NOT NULL,
        operator_id text COLLATE "C" NOT NULL,
        gap integer NOT NULL,
        dialogues bigint NOT NULL,
        messages bigint NOT NULL,
        PRIMARY KEY (company_id, day, operator_id, gap)
      ) WITH (fillfactor = 80);
      CREATE TABLE chat_stats.operator_state_days (
        company_id bigint NOT NULL,
        day date NOT NULL,
        operator_id text COLLATE "C" NOT NULL,
        state chat_stats.operator_state NOT NULL,
        ms bigint NOT NULL,
        PRIMARY KEY (company_id, day, operator_id, state)
      ) WITH (fillfactor = 80);
      CREATE TABLE chat_stats.phrase_days (
        company_id bigint NOT NULL,
        author chat_stats.chat_author NOT NULL,
        day date NOT NULL,
        hash text COLLATE "C" NOT NULL,
        messages bigint NOT NULL,
        PRIMARY KEY (company_id, author, day, hash)
      ) WITH (fillfactor = 80);
    `);
    for (const table of ['day_zones', 'operator_days', 'operator_state_days', 'phrase_days']) {
      await protectTable(runner, `chat_stats.${table}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE chat_stats.phrase_days, chat_stats.operator_state_days, chat_stats.operator_days, chat_stats.day_zones;
    `);
  }
}
