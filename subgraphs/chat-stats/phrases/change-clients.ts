import { sql, type Transaction } from '#platform/database';
import type { PhraseChange } from './count-phrases.ts';

interface PhraseClient {
  hash: string;
  client_id: string;
  messages: number;
}

/** Counts messages of clients anew. Gives by how many clients each phrase has become known to more or fewer, where any. */
export async function changeClients(
  transaction: Transaction,
  changes: readonly PhraseChange[],
): Promise<Map<string, number>> {
  const moves = new Map<string, PhraseClient>();
  for (const { hash, client } of changes) {
    if (!client) continue;
    const key = keyOf(hash, client.id);
    const move = moves.get(key) ?? { hash, client_id: client.id, messages: 0 };
    move.messages += client.messages;
    moves.set(key, move);
  }
  const moved = [...moves.values()].filter(({ messages }) => messages !== 0);
  const known = await readClients(transaction, moved);
  const clients = new Map<string, number>();
  const written: PhraseClient[] = [];
  const gone: PhraseClient[] = [];
  for (const move of moved) {
    const before = known.get(keyOf(move.hash, move.client_id)) ?? 0;
    const after = before + move.messages;
    (after === 0 ? gone : written).push({ ...move, messages: after });
    const change = Number(after > 0) - Number(before > 0);
    if (change !== 0) clients.set(move.hash, (clients.get(move.hash) ?? 0) + change);
  }
  await writeClients(transaction, written);
  await removeClients(transaction, gone);
  return clients;
}

async function readClients(transaction: Transaction, of: readonly PhraseClient[]): Promise<Map<string, number>> {
  if (of.length === 0) return new Map();
  const rows = await transaction.arrays<[hash: string, client: string, messages: string]>(
    'phrase_clients.read',
    sql`SELECT hash, client_id, messages FROM phrase_clients WHERE company_id = ${transaction.companyId}
      AND (hash, client_id) IN (SELECT * FROM unnest(${column(of, 'hash')}::text[], ${column(of, 'client_id')}::text[]))`,
  );
  return new Map(rows.map(([hash, client, messages]) => [keyOf(hash, client), Number(messages)]));
}

async function writeClients(transaction: Transaction, rows: readonly PhraseClient[]): Promise<void> {
  if (rows.length === 0) return;
  const sorted = rows.toSorted((a, b) => (keyOf(a.hash, a.client_id) < keyOf(b.hash, b.client_id) ? -1 : 1));
  await transaction.execute(
    'phrase_clients.write',
    sql`INSERT INTO phrase_clients (company_id, hash, client_id, messages)
      SELECT ${transaction.companyId}, * FROM unnest(
        ${column(sorted, 'hash')}::text[], ${column(sorted, 'client_id')}::text[], ${column(sorted, 'messages')}::bigint[])
      ON CONFLICT (company_id, hash, client_id) DO UPDATE SET messages = excluded.messages`,
  );
}

async function removeClients(transaction: Transaction, rows: readonly PhraseClient[]): Promise<void> {
  if (rows.length === 0) return;
  await transaction.execute(
    'phrase_clients.remove',
    sql`DELETE FROM phrase_clients WHERE company_id = ${transaction.companyId}
      AND (hash, client_id) IN (SELECT * FROM unnest(${column(rows, 'hash')}::text[], ${column(rows, 'client_id')}::text[]))`,
  );
}

function column<Field extends keyof PhraseClient>(rows: readonly PhraseClient[], field: Field) {
  return rows.map((row) => row[field]);
}

function keyOf(hash: string, clientId: string): string {
  return `${hash} ${clientId}`;
}
