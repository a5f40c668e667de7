import DataLoader from 'dataloader';
import { sql, timestamp } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import type { Channel, MessageStatus } from './message-status.ts';

/** An attempt whose successor is wanted. */
export interface Attempt {
  id: string;
  notificationId: string;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** Statuses after which a cascade goes on through another channel. */
export const FALLS_BACK: readonly MessageStatus[] = ['OMITTED_OPTIONAL', 'ERROR', 'UNDELIVERED'];

/** Finds the channel of the attempt that follows in the same cascade (null where none does), for all attempts of a request at once. */
export function fallbackChannelLoader(context: RequestContext): DataLoader<Attempt, Channel | null, string> {
  return new DataLoader((attempts) => readFallbackChannels(context, attempts), { cacheKeyFn: ({ id }) => id });
}

async function readFallbackChannels(
  context: RequestContext,
  attempts: readonly Attempt[],
): Promise<(Channel | null)[]> {
  const transaction = await context.transaction();
  const later = sql`company_id = ${transaction.companyId} AND (created_at, id) > (attempt.created_at, attempt.id)`;
  const rows = await transaction.arrays<[string, Channel]>(
    'messages.fallback_channel',
    sql`SELECT attempt.id, next.channel
      FROM unnest(${attempts.map(({ id }) => id)}::text[], ${attempts.map((one) => one.notificationId)}::text[],
        ${attempts.map(({ createdAt }) => timestamp(createdAt))}::timestamptz[]) AS attempt(id, notification_id, created_at)
      CROSS JOIN LATERAL (
        (SELECT channel, created_at, id FROM messages
          WHERE notification_id = attempt.notification_id AND ${later} ORDER BY created_at, id LIMIT 1)
        UNION ALL
        (SELECT channel, created_at, id FROM messages
          WHERE id = attempt.notification_id AND notification_id IS NULL AND ${later})
        ORDER BY created_at, id LIMIT 1
      ) AS next`,
  );
  const channels = new Map(rows);
  return attempts.map(({ id }) => channels.get(id) ?? null);
}
