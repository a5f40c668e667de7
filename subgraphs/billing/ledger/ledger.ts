import { randomUUID } from 'node:crypto';
import { type Sql, sql, type Transaction, timestamp } from '#platform/database';

export type TransactionType = 'DEPOSIT' | 'CHARGE' | 'ADJUSTMENT' | 'REFUND';

/** An entry to be booked. Amounts are millionths. */
export interface NewEntry {
  type: TransactionType;
  /** Epoch milliseconds. */
  paidAt: number;
  /** Signed: the sum of all entries is the balance. */
  amountMicros: bigint;
  invoice: { id: string; number: string } | null;
  reference: string | null;
}

/** An entry of the ledger, as it is read. Instants are epoch milliseconds, amounts whole millionths as text. */
export interface EntryRow {
  id: string;
  type: TransactionType;
  paid_at: number;
  booked_at: number;
  amount_micros: string;
  balance_micros: string;
  invoice_id: string | null;
  invoice_number: string | null;
  reference: string | null;
}

/** Columns of an EntryRow. */
export const ENTRY_COLUMNS: Sql = sql`id, type, paid_at, booked_at, amount_micros, balance_micros, invoice_id, invoice_number, reference`;

/** A company's account, locked until the transaction ends. */
export interface LockedAccount {
  /** Number of the entry to be booked. */
  entry: string;
  balanceMicros: bigint;
  lastBookedAt: number;
}

/** Waits until nobody else books for the company. What is read afterwards includes everything that was booked before. */
export async function lockAccount(transaction: Transaction): Promise<LockedAccount> {
  const { companyId } = transaction;
  const [lock] = await transaction.query<{ entries: string }>(
    'account_lock.take',
    sql`INSERT INTO account_lock AS known (company_id, entries) VALUES (${companyId}, 1)
      ON CONFLICT (company_id) DO UPDATE SET entries = known.entries + 1 RETURNING entries`,
  );
  if (!lock) throw new Error('the lock of an account gave no number');
  const last = await readLastEntry(transaction);
  return {
    entry: lock.entries,
    balanceMicros: BigInt(last?.balance_micros ?? 0),
    lastBookedAt: last?.booked_at ?? 0,
  };
}

/** Books an entry on an account that is locked. Times of booking never run backwards. */
export async function book(
  transaction: Transaction,
  account: LockedAccount,
  entry: NewEntry,
  now: number,
): Promise<EntryRow> {
  const row: EntryRow = {
    id: randomUUID(),
    type: entry.type,
    paid_at: entry.paidAt,
    booked_at: Math.max(now, account.lastBookedAt),
    amount_micros: String(entry.amountMicros),
    balance_micros: String(account.balanceMicros + entry.amountMicros),
    invoice_id: entry.invoice?.id ?? null,
    invoice_number: entry.invoice?.number ?? null,
    reference: entry.reference,
  };
  await transaction.execute(
    'ledger.insert',
    sql`INSERT INTO ledger (company_id, entry, ${ENTRY_COLUMNS})
      VALUES (${transaction.companyId}, ${account.entry}, ${row.id}, ${row.type}, ${timestamp(row.paid_at)},
        ${timestamp(row.booked_at)}, ${row.amount_micros}, ${row.balance_micros}, ${row.invoice_id}, ${row.invoice_number},
        ${row.reference})`,
  );
  return row;
}

/** The balance of the transaction's company in millionths; 0 before the first entry. */
export async function readBalance(transaction: Transaction): Promise<bigint> {
  return BigInt((await readLastEntry(transaction))?.balance_micros ?? 0);
}

/** The entry with an id, or with a reference; undefined where there is none. */
export async function findEntry(
  transaction: Transaction,
  key: { id: string } | { reference: string },
): Promise<EntryRow | undefined> {
  const condition = 'id' in key ? sql`id = ${key.id}` : sql`reference = ${key.reference}`;
  const [row] = await transaction.query<EntryRow>(
    'ledger.find',
    sql`SELECT ${ENTRY_COLUMNS} FROM ledger WHERE company_id = ${transaction.companyId} AND ${condition}`,
  );
  return row;
}

/** Entries by their ids, in any order. */
export async function findEntries(transaction: Transaction, ids: readonly string[]): Promise<EntryRow[]> {
  return transaction.query<EntryRow>(
    'ledger.by_id',
    sql`SELECT ${ENTRY_COLUMNS} FROM ledger WHERE company_id = ${transaction.companyId} AND id = ANY(${ids}::text[])`,
  );
}

async function readLastEntry(transaction: Transaction): Promise<EntryRow | undefined> {
  const [row] = await transaction.query<EntryRow>(
    'ledger.last',
    sql`SELECT ${ENTRY_COLUMNS} FROM ledger WHERE company_id = ${transaction.companyId} ORDER BY entry DESC LIMIT 1`,
  );
  return row;
}
