import { sql, type Transaction, timestamp } from '#platform/database';

/** Most files that one transaction lets go. */
const MOST_AT_ONCE = 500;

/**
 * Lets go the files whose keeping time has ended: GENERATED becomes EXPIRED; ERROR stays, and has lost the file of its earlier
 * attempt. Reports that are being made keep theirs until the new one is there. Gives the files whose bytes are to be removed
 * once this is committed.
 */
export async function expireReports(transaction: Transaction, now: number): Promise<string[]> {
  const { companyId } = transaction;
  const rows = await transaction.query<{ id: string; file_id: string }>(
    'reports.expired',
    sql`SELECT id, file_id FROM reports
      WHERE company_id = ${companyId} AND file_id IS NOT NULL AND expires_at <= ${timestamp(now)} AND status <> 'GENERATING'
      ORDER BY expires_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED`,
  );
  if (rows.length === 0) return [];
  const files = rows.map(({ file_id }) => file_id);
  await transaction.execute(
    'reports.expire',
    sql`UPDATE reports SET status = CASE status WHEN 'GENERATED' THEN 'EXPIRED' ELSE status END, file_id = NULL
      WHERE company_id = ${companyId} AND id = ANY(${rows.map(({ id }) => id)}::text[])`,
  );
  await transaction.execute(
    'files.expire',
    sql`DELETE FROM files WHERE company_id = ${companyId} AND id = ANY(${files}::text[])`,
  );
  return files;
}

/** When the next file is to be let go; undefined where there is none. */
export async function nextExpiry(transaction: Transaction): Promise<number | undefined> {
  const [row] = await transaction.query<{ expires_at: number | null }>(
    'reports.next_expiry',
    sql`SELECT min(expires_at) AS expires_at FROM reports
      WHERE company_id = ${transaction.companyId} AND file_id IS NOT NULL AND status <> 'GENERATING'`,
  );
  return row?.expires_at ?? undefined;
}
