import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * phrase_months: one row an author, month (named by its first day) and phrase: messages whose dialogue is known. Most phrases of a
 * month occur on many of its days. It and phrase_days are read from their keys alone, which is several times faster than from rows
 * that lie anywhere.
 * day_zones: emptied, so that the sums are made anew with the next events, those of months with them.
 */
export class CreatePhraseMonths1764100000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chat_stats.phrase_months (
        company_id bigint NOT NULL,
        author chat_stats.chat_author NOT NULL,
        month date NOT NULL,
        hash text COLLATE "C" NOT NULL,
        messages bigint NOT NULL,
        PRIMARY KEY (company_id, author, month, hash) INCLUDE (messages)
      ) WITH (fillfactor = 80);
      ALTER TABLE chat_stats.phrase_days DROP CONSTRAINT phrase_days_pkey;
      ALTER TABLE chat_stats.phrase_days ADD PRIMARY KEY (company_id, author, day, hash) INCLUDE (messages);
      TRUNCATE chat_stats.day_zones;
    `);
    await protectTable(runner, 'chat_stats.phrase_months');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chat_stats.phrase_days DROP CONSTRAINT phrase_days_pkey;
      ALTER TABLE chat_stats.phrase_days ADD PRIMARY KEY (company_id, author, day, hash);
      DROP TABLE chat_stats.phrase_months;
    `);
  }
}
