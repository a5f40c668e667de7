import { type Column, identifier, RowTable } from '#platform/database';
import type { Channel, MessageStatus } from './message-status.ts';

/** The current state of one message. Instants are epoch milliseconds, money millionths. */
export interface MessageRow {
  id: string;
  channel: Channel;
  createdAt: number;
  status: MessageStatus;
  statusAt: number;
  /** What counts: as given, else derived; null while nothing proves that the message was handed to a provider. */
  sentAt: number | null;
  givenSentAt: number | null;
  givenSentAtAt: number | null;
  derivedSentAt: number | null;
  notificationId: string | null;
  /** What counts: the provider's number, else by the text, else 1; 0 on channels other than SMS. */
  smsParts: number;
  givenSmsParts: number | null;
  givenSmsPartsAt: number | null;
  textSmsParts: number | null;
  textSmsPartsAt: number | null;
  priceMicros: bigint | null;
  priceAt: number | null;
  errorCode: string | null;
  errorCodeAt: number | null;
  /** Another attempt of the same notification exists, or has existed. */
  isRepeated: boolean;
}

/** Whose attempt a message is: a message that names no notification is one of its own. */
export function notificationOf({ id, notificationId }: Pick<MessageRow, 'id' | 'notificationId'>): string {
  return notificationId ?? id;
}

const time = (name: string): Column => ({ name, type: 'timestamptz' });
const number = (name: string): Column => ({ name, type: 'integer' });
const text = (name: string): Column => ({ name, type: 'text' });

export const MESSAGE_TABLE = new RowTable<MessageRow>('messages', {
  id: text('id'),
  channel: { name: 'channel', type: 'text', databaseType: identifier('channel') },
  createdAt: time('created_at'),
  status: { name: 'status', type: 'text', databaseType: identifier('message_status') },
  statusAt: time('status_at'),
  sentAt: time('sent_at'),
  givenSentAt: time('given_sent_at'),
  givenSentAtAt: time('given_sent_at_at'),
  derivedSentAt: time('derived_sent_at'),
  notificationId: text('notification_id'),
  smsParts: number('sms_parts'),
  givenSmsParts: number('given_sms_parts'),
  givenSmsPartsAt: time('given_sms_parts_at'),
  textSmsParts: number('text_sms_parts'),
  textSmsPartsAt: time('text_sms_parts_at'),
  priceMicros: { name: 'price_micros', type: 'bigint' },
  priceAt: time('price_at'),
  errorCode: text('error_code'),
  errorCodeAt: time('error_code_at'),
  isRepeated: { name: 'is_repeated', type: 'boolean' },
});
