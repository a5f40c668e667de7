import { identifier, join, type Sql, sql } from '#platform/database';
import { defineFact } from '#platform/statistics';
import { CHANNELS, MESSAGE_STATUSES, SHORT_STATUSES, STATUS_NAMES } from './message-status.ts';

const statusNames = Object.fromEntries(Object.entries(MESSAGE_STATUSES).map(([status, { name }]) => [status, name]));

const shortStatusCases = STATUS_NAMES.map((status) => sql` WHEN ${status} THEN ${MESSAGE_STATUSES[status].short}`);

const shortStatus = (status: Sql) => sql`CASE ${status}${join(shortStatusCases, sql``)} END`;

/** Messages: one row a channel attempt. */
export const MESSAGES = defineFact({
  name: 'messages',
  table: identifier('messages'),
  axes: { CREATED_AT: sql`created_at`, SENT_AT: sql`sent_at` },
  dimensions: {
    CHANNEL: { description: 'The channel of the attempt.', key: sql`channel::text`, labels: CHANNELS },
    STATUS: { description: 'The status that the message has now.', key: sql`status::text`, labels: statusNames },
    SHORT_STATUS: {
      description: 'The status in four classes: in progress, delivered, not delivered, not sent.',
      key: shortStatus(sql`status::text`),
      follows: { dimension: 'STATUS', key: shortStatus },
      labels: SHORT_STATUSES,
    },
    ERROR_CODE: { description: "The carrier's or provider's error code.", key: sql`coalesce(error_code, '')` },
  },
  sums: {
    total: { description: 'Channel attempts of any status.', value: sql`1` },
    alone: {
      description: 'Messages whose notification has had no other attempt yet.',
      value: sql`(NOT is_repeated)::int`,
    },
    sent: { description: 'Handed to a provider.', value: sql`(sent_at IS NOT NULL)::int` },
    delivered: { description: 'Delivered, of those sent.', value: sql`(status = 'DELIVERED')::int` },
    smsParts: {
      description: 'Parts of the SMS messages sent.',
      value: sql`CASE WHEN sent_at IS NOT NULL THEN sms_parts ELSE 0 END`,
    },
    price: {
      description: 'Prices of the messages sent, in millionths.',
      value: sql`CASE WHEN sent_at IS NOT NULL THEN coalesce(price_micros, 0) ELSE 0 END`,
      unbounded: true,
    },
    unpriced: {
      description: 'Messages sent whose price is not known yet.',
      value: sql`(sent_at IS NOT NULL AND price_micros IS NULL)::int`,
    },
  },
  distincts: {
    notifications: {
      description: 'Different notifications: a cascade over several channels counts once.',
      value: sql`coalesce(notification_id, id)`,
      alone: { sum: 'alone', repeated: sql`is_repeated` },
    },
  },
  levels: {
    cuboids: [
      ['CHANNEL', 'STATUS'],
      ['CHANNEL', 'STATUS', 'ERROR_CODE'],
    ],
  },
});

export type MessageFact = typeof MESSAGES;
