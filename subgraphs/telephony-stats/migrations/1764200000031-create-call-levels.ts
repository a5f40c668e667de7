import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createLevelTables, createRollupTables, dropLevelTables, dropRollupTables } from '#platform/rollups';

/**
 * calls_delta, calls_quarter, calls_hour, calls_day: sums of calls by time, one row a cuboid, bucket and combination of keys.
 * rollup_state, rollup_lock, rollup_work: how each company is kept.
 */
export class CreateCallLevels1764200000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createRollupTables(runner, 'telephony_stats');
    await createLevelTables(runner, 'telephony_stats', 'calls', {
      keys: ['status', 'duration', 'direction', 'trunk', 'bot', 'bot_evaluation', 'operator'],
      sums: {
        total: 'bigint',
        answered: 'bigint',
        seizures: 'bigint',
        reached: 'bigint',
        talk_seconds: 'bigint',
        hold_seconds: 'bigint',
        wrap_up_seconds: 'bigint',
        price: 'numeric',
        unpriced: 'bigint',
      },
    });
    await countCalls(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropLevelTables(runner, 'telephony_stats', 'calls');
    await dropRollupTables(runner, 'telephony_stats');
  }
}

/** Counts the calls that are there already. An owner who is no superuser is held by row-level security himself. */
async function countCalls(runner: QueryRunner): Promise<void> {
  const force = (word: string) =>
    ['calls', 'rollup_state']
      .map((table) => `ALTER TABLE telephony_stats.${table} ${word} ROW LEVEL SECURITY`)
      .join('; ');
  await runner.query(force('NO FORCE'));
  await runner.query(`
    INSERT INTO telephony_stats.rollup_state (company_id, fact, status, row_count)
      SELECT company_id, 'calls', 'raw', count(*) FROM telephony_stats.calls GROUP BY company_id;
    INSERT INTO telephony_stats.rollup_work (company_id, due_at)
      SELECT company_id, '2026-01-01Z' FROM telephony_stats.rollup_state;
  `);
  await runner.query(force('FORCE'));
}
