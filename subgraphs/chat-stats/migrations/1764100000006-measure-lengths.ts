import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Statistics for the planner on how long states and assignments last. Without them it takes a third of all for longer than 7 days,
 * and starts a second process to look for the few that are.
 */
export class MeasureLengths1764100000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE STATISTICS chat_stats.operator_states_length ON (until - at) FROM chat_stats.operator_states;
      CREATE STATISTICS chat_stats.operator_sessions_length ON (ended_at - assigned_at) FROM chat_stats.operator_sessions;
      ANALYZE chat_stats.operator_states, chat_stats.operator_sessions;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP STATISTICS chat_stats.operator_states_length, chat_stats.operator_sessions_length');
  }
}
