import { sql, type Transaction } from '#platform/database';
import type { RowChange } from '#platform/ingest';
import { MESSAGE_TABLE, type MessageRow, notificationOf } from './message.row.ts';

/** A message in the database that belongs to a notification. */
type Attempt = [notification: string, id: string, isRepeated: boolean];

/**
 * Marks messages whose notification has another attempt, in this batch or in the database, and gives the changes of those that
 * the batch does not touch by itself. Looked at are messages that are new, or whose notification was supplied just now. A mark
 * stays for good: one that is not needed any more costs a look, and never a wrong figure.
 */
export async function markRepeated(
  transaction: Transaction,
  changes: readonly RowChange<MessageRow>[],
): Promise<RowChange<MessageRow>[]> {
  const joining = changes.filter(
    ({ before, after }) => after && !(before && notificationOf(before) === notificationOf(after)),
  );
  if (joining.length === 0) return [];
  const ofBatch = Map.groupBy(joining, ({ after }) => notificationOf(after as MessageRow));
  const inDatabase = Map.groupBy(await readAttempts(transaction, joining), ([notification]) => notification);
  const byId = new Map(changes.map((change) => [(change.after ?? change.before)?.id, change]));
  const others = new Set<string>();
  for (const [notification, members] of ofBatch) {
    const own = new Set(members.map(({ after }) => after?.id));
    const known = (inDatabase.get(notification) ?? []).filter(([, id]) => !own.has(id));
    if (members.length + known.length < 2) continue;
    for (const member of members) mark(member);
    for (const [, id, isRepeated] of known) {
      const change = byId.get(id);
      if (change) mark(change);
      else if (!isRepeated) others.add(id);
    }
  }
  const rows = others.size === 0 ? [] : (await MESSAGE_TABLE.read(transaction, [...others])).values();
  return [...rows].map((before) => ({ before, after: { ...before, isRepeated: true } }));
}

/**
 * At most one message that names each notification, and the one whose id it is where that names none. More are not needed: of
 * several that are in the database all are marked.
 */
async function readAttempts(transaction: Transaction, joining: readonly RowChange<MessageRow>[]): Promise<Attempt[]> {
  const { companyId } = transaction;
  const rows = joining.flatMap(({ after }) => after ?? []);
  const wanted = [...new Set(rows.map(notificationOf))];
  const named = [...new Set(rows.flatMap(({ notificationId }) => notificationId ?? []))];
  return transaction.arrays<Attempt>(
    'messages.read_attempts',
    sql`SELECT wanted.notification, known.id, known.is_repeated FROM unnest(${wanted}::text[]) AS wanted(notification)
      CROSS JOIN LATERAL (
        SELECT id, is_repeated FROM messages WHERE company_id = ${companyId} AND notification_id = wanted.notification LIMIT 1
      ) known
      UNION ALL
      SELECT id, id, is_repeated FROM messages
      WHERE company_id = ${companyId} AND id = ANY(${named}::text[]) AND notification_id IS NULL`,
  );
}

function mark(change: RowChange<MessageRow>): void {
  if (change.after) change.after = { ...change.after, isRepeated: true };
}
