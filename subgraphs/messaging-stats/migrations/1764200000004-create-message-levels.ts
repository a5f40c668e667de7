import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createLevelTables, createRollupTables, dropLevelTables, dropRollupTables } from '#platform/rollups';

/**
 * messages_delta, messages_quarter, messages_hour, messages_day: sums of messages by time, one row a cuboid, axis, bucket and
 * combination of channel, status and error code. rollup_state, rollup_lock, rollup_work: how each company is kept.
 * messages.is_repeated: the message's notification has another attempt; only such messages are looked at to count notifications.
 */
export class CreateMessageLevels1764200000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createRollupTables(runner, 'messaging_stats');
    await createLevelTables(runner, 'messaging_stats', 'messages', {
      keys: ['channel', 'status', 'error_code'],
      sums: {
        total: 'bigint',
        alone: 'bigint',
        sent: 'bigint',
        delivered: 'bigint',
        sms_parts: 'bigint',
        price: 'numeric',
        unpriced: 'bigint',
      },
    });
    await runner.query('ALTER TABLE messaging_stats.messages ADD COLUMN is_repeated boolean NOT NULL DEFAULT false');
    await fillIn(runner);
    await runner.query(`
      CREATE INDEX messages_created_repeated ON messaging_stats.messages (company_id, created_at, notification_id, id)
        INCLUDE (channel) WHERE is_repeated;
      CREATE INDEX messages_sent_repeated ON messaging_stats.messages (company_id, sent_at, notification_id, id)
        INCLUDE (channel) WHERE is_repeated AND sent_at IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messaging_stats.messages DROP COLUMN is_repeated');
    await dropLevelTables(runner, 'messaging_stats', 'messages');
    await dropRollupTables(runner, 'messaging_stats');
  }
}

/** Marks and counts the messages that are there already. An owner who is no superuser is held by row-level security himself. */
async function fillIn(runner: QueryRunner): Promise<void> {
  const force = (word: string) =>
    ['messages', 'rollup_state']
      .map((table) => `ALTER TABLE messaging_stats.${table} ${word} ROW LEVEL SECURITY`)
      .join('; ');
  await runner.query(force('NO FORCE'));
  await runner.query(`
    UPDATE messaging_stats.messages AS message SET is_repeated = true
    FROM (
      SELECT company_id, coalesce(notification_id, id) AS notification FROM messaging_stats.messages
      GROUP BY 1, 2 HAVING count(*) > 1
    ) AS several
    WHERE message.company_id = several.company_id AND coalesce(message.notification_id, message.id) = several.notification;
    INSERT INTO messaging_stats.rollup_state (company_id, fact, status, row_count)
      SELECT company_id, 'messages', 'raw', count(*) FROM messaging_stats.messages GROUP BY company_id;
    INSERT INTO messaging_stats.rollup_work (company_id, due_at)
      SELECT company_id, '2026-01-01Z' FROM messaging_stats.rollup_state;
  `);
  await runner.query(force('FORCE'));
}
