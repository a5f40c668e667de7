import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';
import { createDirectoryTable } from '#platform/directory';
import { createCompanyTables } from '#platform/ingest';

/**
 * dialogues: one row a dialogue, with what its messages add up to. The columns from client_messages on are derived from
 * chat_messages under the company's lock, by whatever transaction changes those.
 * chat_messages: one row a message, whether its dialogue is known yet or not; it counts where the dialogue has a row.
 * directory: names of chats, operators, groups and bots.
 */
export class CreateChats1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createCompanyTables(runner, 'chat_stats');
    await createDirectoryTable(runner, 'chat_stats');
    await runner.query(`
      CREATE TYPE chat_stats.messenger AS ENUM (
        'WEB', 'TELEGRAM', 'WHATSAPP', 'VIBER', 'FACEBOOK', 'ALICE', 'YANDEX', 'VKONTAKTE', 'SKYPE', 'SLACK', 'WECHAT',
        'SNAPCHAT', 'LINE', 'OTHER'
      );
      CREATE TYPE chat_stats.chat_author AS ENUM ('CLIENT', 'BOT', 'OPERATOR');
      CREATE TABLE chat_stats.dialogues (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        started_at timestamptz NOT NULL,
        closed_at timestamptz,
        latitude float8,
        longitude float8,
        messenger chat_stats.messenger NOT NULL,
        chat_id text COLLATE "C" NOT NULL,
        bot_id text COLLATE "C",
        group_id text COLLATE "C",
        client_id text COLLATE "C",            -- null: nobody has said; the dialogue's id stands for the client
        price_micros bigint NOT NULL DEFAULT 0, -- millionths of the company's currency
        first_client_at timestamptz,
        first_operator_at timestamptz,
        client_messages integer NOT NULL DEFAULT 0,
        bot_messages integer NOT NULL DEFAULT 0,
        operator_messages integer NOT NULL DEFAULT 0,
        operator_ids text[] COLLATE "C" NOT NULL DEFAULT '{}', -- who wrote in it, in order
        PRIMARY KEY (company_id, id)
      ) WITH (fillfactor = 80);
      CREATE INDEX dialogues_started ON chat_stats.dialogues (company_id, started_at, id);
      CREATE INDEX dialogues_chat ON chat_stats.dialogues (company_id, chat_id, started_at, id);
      CREATE INDEX dialogues_bot ON chat_stats.dialogues (company_id, bot_id) WHERE bot_id IS NOT NULL;
      CREATE INDEX dialogues_group ON chat_stats.dialogues (company_id, group_id) WHERE group_id IS NOT NULL;
      CREATE TABLE chat_stats.chat_messages (
        company_id bigint NOT NULL,
        id text COLLATE "C" NOT NULL,
        sent_at timestamptz NOT NULL,
        price_micros bigint,
        author chat_stats.chat_author NOT NULL,
        dialogue_id text COLLATE "C" NOT NULL,
        operator_id text COLLATE "C",
        text_hash text COLLATE "C",            -- of the normalised phrase; what was written is kept nowhere
        template_hash text COLLATE "C",
        PRIMARY KEY (company_id, id)
      );
      CREATE INDEX chat_messages_sent ON chat_stats.chat_messages (company_id, sent_at, id);
      CREATE INDEX chat_messages_dialogue ON chat_stats.chat_messages (company_id, dialogue_id);
      CREATE INDEX chat_messages_operator ON chat_stats.chat_messages (company_id, operator_id)
        WHERE operator_id IS NOT NULL;
    `);
    await protectTable(runner, 'chat_stats.dialogues');
    await protectTable(runner, 'chat_stats.chat_messages');
    await runner.query('GRANT USAGE ON TYPE chat_stats.messenger, chat_stats.chat_author TO chat_stats');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE chat_stats.chat_messages, chat_stats.dialogues, chat_stats.directory;
      DROP TYPE chat_stats.chat_author, chat_stats.messenger;
      DROP TABLE chat_stats.erased, chat_stats.data_version, chat_stats.ingest_lock;
    `);
  }
}
