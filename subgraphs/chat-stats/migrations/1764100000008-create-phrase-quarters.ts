import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * phrase_quarters: one row an author, quarter of a year (named by its first day) and phrase: messages whose dialogue is known.
 * day_zones: emptied, so that the sums are made anew with the next events, those of quarters with them.
 */
export class CreatePhraseQuarters1764100000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chat_stats.phrase_quarters (
        company_id bigint NOT NULL,
        author text COLLATE "C" NOT NULL,
        quarter date NOT NULL,
        hash text COLLATE "C" NOT NULL,
        messages bigint NOT NULL,
        PRIMARY KEY (company_id, author, quarter, hash) INCLUDE (messages)
      ) WITH (fillfactor = 80);
      TRUNCATE chat_stats.day_zones;
    `);
    await protectTable(runner, 'chat_stats.phrase_quarters');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chat_stats.phrase_quarters');
  }
}
