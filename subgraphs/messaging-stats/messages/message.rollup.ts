import { sql } from '#platform/database';
import type { Rollup } from '#platform/rollups';
import { MESSAGES } from './message.fact.ts';
import type { MessageRow } from './message.row.ts';

/** What one message adds to the levels: in Node what message.fact.ts says in SQL. */
export const MESSAGE_ROLLUP: Rollup<MessageRow> = {
  fact: MESSAGES,
  rowKey: sql`id`,
  contribution({ channel, status, createdAt, sentAt, errorCode, smsParts, priceMicros, isRepeated }) {
    const isSent = sentAt !== null;
    return {
      moments: { CREATED_AT: createdAt, SENT_AT: sentAt },
      keys: { CHANNEL: channel, STATUS: status, ERROR_CODE: errorCode ?? '' },
      sums: {
        total: 1,
        alone: isRepeated ? 0 : 1,
        sent: isSent ? 1 : 0,
        delivered: status === 'DELIVERED' ? 1 : 0,
        smsParts: isSent ? smsParts : 0,
        price: isSent ? (priceMicros ?? 0n) : 0n,
        unpriced: isSent && priceMicros === null ? 1 : 0,
      },
    };
  },
};
