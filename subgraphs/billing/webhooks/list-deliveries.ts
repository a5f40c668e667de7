import { type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import { type ChangeRow, changesOf } from '../changes/list-changes.ts';

/** A try to tell a webhook of a change, with the change. Instants are epoch milliseconds. */
export interface DeliveryRow {
  id: string;
  at: number;
  attempt: number;
  response_status: number | null;
  error: string | null;
  next_attempt_at: number | null;
  change: ChangeRow;
}

type StoredDelivery = Omit<DeliveryRow, 'change'> & { sequence: string };

const COLUMNS: Sql = sql`id, at, attempt, sequence, response_status, error, next_attempt_at`;

/** A page of the log of a webhook, newest first. */
export async function listDeliveries(
  transaction: Transaction,
  webhookId: string,
  page: Page,
  list: string,
): Promise<ConnectionOf<DeliveryRow>> {
  const conditions = sql`company_id = ${transaction.companyId} AND webhook_id = ${webhookId}`;
  const { where, orderAndLimit } = pageClauses(page, sql`at`, sql`id`, timestamp);
  const stored = await transaction.query<StoredDelivery>(
    'webhook_deliveries.list',
    sql`SELECT ${COLUMNS} FROM webhook_deliveries WHERE ${conditions}${where}${orderAndLimit}`,
  );
  const count = async () => {
    const [row] = await transaction.query<{ count: string }>(
      'webhook_deliveries.count',
      sql`SELECT count(*) AS count FROM webhook_deliveries WHERE ${conditions}`,
    );
    return Number(row?.count);
  };
  return toConnection(page, list, await withChanges(transaction, stored), ({ at, id }) => ({ at, id }), count);
}

async function withChanges(transaction: Transaction, stored: readonly StoredDelivery[]): Promise<DeliveryRow[]> {
  const sequences = [...new Set(stored.map(({ sequence }) => Number(sequence)))];
  const changes = new Map((await changesOf(transaction, sequences)).map((change) => [change.sequence, change]));
  return stored.map(({ sequence, ...delivery }) => {
    const change = changes.get(Number(sequence));
    if (!change) throw new Error('a delivery is of a change that is not there');
    return { ...delivery, change };
  });
}
