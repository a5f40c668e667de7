import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';
import { createCompanyTables } from '#platform/ingest';

/**
 * messages: the current state of every message, one row an attempt on one channel. It is what all figures are counted from.
 * Optional values stand beside the time (`_at`) of the event that they came with, so that events merge in any order.
 */
export class CreateMessages1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCompanyTables(runner, 'messaging_stats');
    await runner.query(`
      CREATE TYPE messaging_stats.channel AS ENUM ('SMS', 'VIBER', 'EMAIL', 'WHATSAPP', 'PUSH');
      CREATE TYPE messaging_stats.message_status AS ENUM (
        'CREATED', 'PENDING', 'DELIVERED', 'UNDELIVERED', 'CANCELED', 'ERROR', 'DELAYED', 'CREATED_OPTIONAL', 'OMITTED_OPTIONAL'
      );
      CREATE TABLE messaging_stats.messages (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        created_at timestamptz NOT NULL,
        status_at timestamptz NOT NULL,
        sent_at timestamptz,                   -- the one that counts: as given, else the first status that proves sending
        given_sent_at timestamptz,
        given_sent_at_at timestamptz,
        derived_sent_at timestamptz,
        price_at timestamptz,
        error_code_at timestamptz,
        given_sms_parts_at timestamptz,
        text_sms_parts_at timestamptz,
        price_micros bigint,                   -- millionths of the company's currency
        sms_parts integer NOT NULL,            -- the one that counts; 0 on other channels
        given_sms_parts integer,
        text_sms_parts integer,
        channel messaging_stats.channel NOT NULL,
        status messaging_stats.message_status NOT NULL,
        notification_id text COLLATE "C",      -- null: the message is a notification of its own
        error_code text COLLATE "C",
        PRIMARY KEY (company_id, id)
      ) WITH (fillfactor = 90);
      CREATE INDEX messages_created ON messaging_stats.messages (company_id, created_at, id);
      CREATE INDEX messages_sent ON messaging_stats.messages (company_id, sent_at, id) WHERE sent_at IS NOT NULL;
      CREATE INDEX messages_notification ON messaging_stats.messages (company_id, notification_id, created_at, id)
        WHERE notification_id IS NOT NULL;
    `);
    await protectTable(runner, 'messaging_stats.messages');
    await runner.query(`
      GRANT USAGE ON TYPE messaging_stats.channel, messaging_stats.message_status TO messaging_stats;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE messaging_stats.messages;
      DROP TYPE messaging_stats.message_status, messaging_stats.channel;
      DROP TABLE messaging_stats.erased, messaging_stats.data_version, messaging_stats.ingest_lock;
    `);
  }
}
