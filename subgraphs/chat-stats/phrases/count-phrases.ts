import { sql, type Transaction } from '#platform/database';
import { changeClients } from './change-clients.ts';

/** One message that has a phrase, come (1) or gone (-1), or moved to another client. */
export interface PhraseChange {
  readonly hash: string;
  /** By how much the messages that have the phrase change; 0 where only the client is another one. */
  readonly messages: -1 | 0 | 1;
  /** By how much those of the client change; `undefined` where the dialogue is not known, and nobody knows whose they are. */
  readonly client: { readonly id: string; readonly messages: -1 | 1 } | undefined;
}

/**
 * Brings phrases, and the clients with whom they have occurred, in line with messages that came and went. A phrase that is new
 * must be among `texts`, by hash. Runs under the company's lock.
 */
export async function countPhrases(
  transaction: Transaction,
  changes: readonly PhraseChange[],
  texts: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const messages = new Map<string, number>();
  for (const { hash, messages: change } of changes) messages.set(hash, (messages.get(hash) ?? 0) + change);
  const clients = await changeClients(transaction, changes);
  const hashes = [...messages.keys()].filter((hash) => messages.get(hash) !== 0 || clients.has(hash)).sort();
  const [named, known] = [hashes.filter((hash) => texts.has(hash)), hashes.filter((hash) => !texts.has(hash))];
  const { companyId } = transaction;
  const columns = (of: readonly string[]) =>
    sql`${of}::text[], ${of.map((hash) => messages.get(hash) ?? 0)}::bigint[], ${of.map((hash) => clients.get(hash) ?? 0)}::bigint[]`;
  if (named.length > 0) {
    await transaction.execute(
      'phrases.add',
      sql`INSERT INTO phrases AS known (company_id, hash, messages, clients, phrase)
        SELECT ${companyId}, * FROM unnest(${columns(named)}, ${named.map((hash) => texts.get(hash))}::text[])
        ON CONFLICT (company_id, hash) DO UPDATE
        SET messages = known.messages + excluded.messages, clients = known.clients + excluded.clients`,
    );
  }
  if (known.length > 0) {
    await transaction.execute(
      'phrases.change',
      sql`UPDATE phrases AS known SET messages = known.messages + change.messages, clients = known.clients + change.clients
        FROM unnest(${columns(known)}) AS change(hash, messages, clients)
        WHERE known.company_id = ${companyId} AND known.hash = change.hash`,
    );
  }
  const fewer = hashes.filter((hash) => (messages.get(hash) ?? 0) < 0);
  if (fewer.length === 0) return;
  await transaction.execute(
    'phrases.remove',
    sql`DELETE FROM phrases WHERE company_id = ${companyId} AND hash = ANY(${fewer}::text[]) AND messages = 0`,
  );
}
