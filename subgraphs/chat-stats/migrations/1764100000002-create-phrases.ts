import type { MigrationInterface, QueryRunner } from 'typeorm';
import { protectTable } from '#platform/database';

/**
 * phrases: one row a phrase, the normalised text of at least one message; how many messages have it, whether their dialogues are
 * known or not, and with how many clients it has occurred in known ones. A phrase that no message has is gone.
 * phrase_clients: one row a phrase and client; how many messages of the client's dialogues have it.
 * Hashes of messages that came before are forgotten, as nothing was kept of what they stood for: lines that are sent again supply
 * them anew.
 */
export class CreatePhrases1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chat_stats.phrases (
        company_id bigint NOT NULL,
        hash text COLLATE "C" NOT NULL,
        phrase text COLLATE "C" NOT NULL,
        messages bigint NOT NULL,
        clients bigint NOT NULL,
        PRIMARY KEY (company_id, hash)
      ) WITH (fillfactor = 80);
      CREATE TABLE chat_stats.phrase_clients (
        company_id bigint NOT NULL,
        hash text COLLATE "C" NOT NULL,
        client_id text COLLATE "C" NOT NULL,
        messages bigint NOT NULL,
        PRIMARY KEY (company_id, hash, client_id)
      );
      ALTER TABLE chat_stats.chat_messages DROP COLUMN text_hash, DROP COLUMN template_hash;
      ALTER TABLE chat_stats.chat_messages
        ADD COLUMN text_hash text COLLATE "C",
        ADD COLUMN template_hash text COLLATE "C",
        ADD COLUMN phrase_hash text COLLATE "C";   -- the one of the two that is counted; null where neither is a phrase
    `);
    await protectTable(runner, 'chat_stats.phrases');
    await protectTable(runner, 'chat_stats.phrase_clients');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE chat_stats.chat_messages DROP COLUMN phrase_hash;
      DROP TABLE chat_stats.phrase_clients, chat_stats.phrases;
    `);
  }
}
