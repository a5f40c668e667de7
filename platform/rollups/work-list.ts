import { type CompanyId, type Database, type Sql, sql, type Transaction, timestamp } from '#platform/database';

/** How long a worker may look after one company before others try; they find its lock taken while it still does. */
const LEASE_MS = 60_000;

/** A company that a worker has taken, and until when. */
export interface Lease {
  readonly companyId: CompanyId;
  readonly dueAt: number;
}

/** Notes that a company wants looking after from a moment on. */
export async function addWork(transaction: Transaction, moment: number): Promise<void> {
  await transaction.execute(
    'rollup_work.add',
    sql`INSERT INTO rollup_work AS known (company_id, due_at) VALUES (${transaction.companyId}, ${timestamp(moment)})
      ON CONFLICT (company_id) DO UPDATE SET due_at = least(known.due_at, excluded.due_at)`,
  );
}

/** Takes the company that has waited longest; undefined where none is due. */
export async function takeWork(database: Database, moment: number): Promise<Lease | undefined> {
  return take(database, moment, sql`due_at <= ${timestamp(moment)}`);
}

/** Takes a company whether it is due or not; undefined where it is not on the list. */
export async function takeWorkOf(database: Database, moment: number, companyId: CompanyId): Promise<Lease | undefined> {
  return take(database, moment, sql`company_id = ${companyId}`);
}

async function take(database: Database, moment: number, condition: Sql): Promise<Lease | undefined> {
  const dueAt = moment + LEASE_MS;
  const [row] = await database.outsideCompanies<[string]>(
    'rollup_work.take',
    sql`UPDATE rollup_work SET due_at = ${timestamp(dueAt)} WHERE company_id = (
        SELECT company_id FROM rollup_work WHERE ${condition} ORDER BY due_at, company_id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING company_id`,
  );
  return row && { companyId: row[0], dueAt };
}

/** Strikes a company off the list, or notes when its turn comes again, unless something has come since it was taken. */
export async function finishWork(database: Database, { companyId, dueAt }: Lease, again?: number): Promise<void> {
  const taken = sql`company_id = ${companyId} AND due_at = ${timestamp(dueAt)}`;
  await database.outsideCompanies(
    'rollup_work.finish',
    again === undefined
      ? sql`DELETE FROM rollup_work WHERE ${taken}`
      : sql`UPDATE rollup_work SET due_at = ${timestamp(again)} WHERE ${taken}`,
  );
}

/** Every company on the list, due or not. */
export async function listWork(database: Database): Promise<CompanyId[]> {
  const rows = await database.outsideCompanies<[string]>(
    'rollup_work.list',
    sql`SELECT company_id FROM rollup_work ORDER BY company_id`,
  );
  return rows.map(([companyId]) => companyId);
}
