import { type Column, identifier, RowTable, sql } from '#platform/database';
import type { MessengerName } from './messenger.ts';

/** What events say of one dialogue; what its messages add up to stands beside it. Instants are epoch milliseconds. */
export interface DialogueRow {
  id: string;
  chatId: string;
  messenger: MessengerName;
  startedAt: number;
  closedAt: number | null;
  botId: string | null;
  groupId: string | null;
  clientId: string | null;
  latitude: number | null;
  longitude: number | null;
  /** The cell of the map that both name, of eight characters; null where one is missing. */
  geohash: string | null;
}

/** The client of a dialogue; where nobody has said who it is, the dialogue stands for them. */
export function clientOf({ id, clientId }: DialogueRow): string {
  return clientId ?? id;
}

const time = (name: string): Column => ({ name, type: 'timestamptz' });
const degrees = (name: string): Column => ({ name, type: 'float8' });
const text = (name: string): Column => ({ name, type: 'text' });

export const DIALOGUE_TABLE = new RowTable<DialogueRow>('dialogues', {
  id: text('id'),
  chatId: text('chat_id'),
  messenger: { name: 'messenger', type: 'text', databaseType: identifier('messenger') },
  startedAt: time('started_at'),
  closedAt: time('closed_at'),
  botId: text('bot_id'),
  groupId: text('group_id'),
  clientId: text('client_id'),
  latitude: degrees('latitude'),
  longitude: degrees('longitude'),
  geohash: text('geohash'),
});

/** Who handled a dialogue, as an expression over its row: an operator, else a robot, else nobody. */
export const HANDLED_BY = sql`CASE WHEN operator_messages > 0 THEN 'OPERATOR' WHEN bot_messages > 0 THEN 'ROBOT' ELSE 'NOBODY' END`;
