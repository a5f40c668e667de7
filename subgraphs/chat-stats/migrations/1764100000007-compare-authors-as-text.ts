import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Authors of phrase_days and phrase_months are text. Under row-level security an index is searched only by comparisons that
 * PostgreSQL knows to reveal nothing, and those of enums are not among them: whoever asked for one author's phrases read all.
 */
export class CompareAuthorsAsText1764100000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await changeType(runner, 'text COLLATE "C"', 'text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await changeType(runner, 'chat_stats.chat_author', 'chat_stats.chat_author');
  }
}

async function changeType(runner: QueryRunner, column: string, value: string): Promise<void> {
  for (const table of ['phrase_days', 'phrase_months']) {
    await runner.query(`ALTER TABLE chat_stats.${table} ALTER COLUMN author TYPE ${column} USING author::${value}`);
  }
}
