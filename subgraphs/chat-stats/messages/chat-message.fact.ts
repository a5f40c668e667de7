import { sql } from '#platform/database';
import { defineFact } from '#platform/statistics';
import { DIALOGUES } from '../dialogues/dialogue.fact.ts';
import { CHAT_AUTHORS } from './chat-author.ts';

const { CHAT, MESSENGER, BOT, GROUP } = DIALOGUES.dimensions;

const whereAuthor = (author: keyof typeof CHAT_AUTHORS) => sql`(author = ${author})::int`;

/** Chat messages with what is asked of their dialogues: one row a message whose dialogue is known, placed by its sending. */
export const CHAT_MESSAGES = defineFact({
  name: 'chat_messages',
  table: sql`(
    SELECT message.company_id, message.id, message.dialogue_id, message.sent_at, message.author, message.operator_id,
      message.price_micros, message.phrase_hash, chat_id, messenger, bot_id, group_id, operator_ids, client_messages, bot_messages, operator_messages
    FROM chat_messages AS message
    JOIN dialogues AS dialogue ON dialogue.company_id = message.company_id AND dialogue.id = message.dialogue_id
  ) AS counted`,
  axes: { SENT_AT: sql`sent_at` },
  dimensions: {
    CHAT,
    MESSENGER,
    BOT,
    GROUP,
    AUTHOR: { description: 'Who wrote the message; of messages only.', key: sql`author::text`, labels: CHAT_AUTHORS },
    OPERATOR: {
      description: 'The operator who wrote the message.',
      key: sql`coalesce(operator_id, '')`,
      labels: 'kept elsewhere',
    },
  },
  sums: {
    total: { description: 'Messages.', value: sql`1` },
    fromClients: { description: 'Messages of clients.', value: whereAuthor('CLIENT') },
    fromBots: { description: 'Messages of bots.', value: whereAuthor('BOT') },
    fromOperators: { description: 'Messages of operators.', value: whereAuthor('OPERATOR') },
    price: {
      description: 'Prices, in millionths; a message without one adds nothing.',
      value: sql`coalesce(price_micros, 0)`,
    },
    unpriced: { description: 'Messages whose price is not known.', value: sql`(price_micros IS NULL)::int` },
  },
  distincts: {},
});

export type ChatMessageFact = typeof CHAT_MESSAGES;
