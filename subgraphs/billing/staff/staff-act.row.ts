import { randomUUID } from 'node:crypto';
import { sql, type Transaction, timestamp } from '#platform/database';
import { type ConnectionOf, type Page, pageClauses, toConnection } from '#platform/graphql';
import type { StaffMember } from './staff-member.ts';

export type StaffActKind = 'INVOICE_REVISED' | 'INVOICE_VOIDED' | 'PAYMENT_RECORDED' | 'COMPANY_REGISTERED';

/** What a member of staff did. */
export interface NewStaffAct {
  kind: StaffActKind;
  by: StaffMember;
  invoiceId: string | null;
  comment: string | null;
}

/** An act as it is read. Instants are epoch milliseconds. */
export interface StaffActRow {
  id: string;
  kind: StaffActKind;
  at: number;
  by_name: string;
  by_email: string;
  invoice_id: string | null;
  comment: string | null;
}

/** Name of the list in cursors. */
export const STAFF_ACT_LIST = 'staff acts by moment';

/** Enters an act into the list, in the transaction that does it. */
export async function recordStaffAct(transaction: Transaction, act: NewStaffAct, now: number): Promise<void> {
  const { kind, by, invoiceId, comment } = act;
  await transaction.execute(
    'staff_acts.insert',
    sql`INSERT INTO staff_acts (company_id, id, kind, at, by_name, by_email, invoice_id, comment)
      VALUES (${transaction.companyId}, ${randomUUID()}, ${kind}, ${timestamp(now)}, ${by.fullName}, ${by.email},
        ${invoiceId}, ${comment})`,
  );
}

/** A page of what staff did with a company, newest first, then by id. `period` is [from, to), epoch milliseconds. */
export async function listStaffActs(
  transaction: Transaction,
  period: { from: number; to: number } | null,
  page: Page,
): Promise<ConnectionOf<StaffActRow>> {
  const within = period ? sql` AND at >= ${timestamp(period.from)} AND at < ${timestamp(period.to)}` : sql``;
  const conditions = sql`company_id = ${transaction.companyId}${within}`;
  const { where, orderAndLimit } = pageClauses(page, sql`at`, sql`id`, timestamp);
  const rows = await transaction.query<StaffActRow>(
    'staff_acts.list',
    sql`SELECT id, kind, at, by_name, by_email, invoice_id, comment FROM staff_acts
      WHERE ${conditions}${where}${orderAndLimit}`,
  );
  const count = async () => {
    const [row] = await transaction.query<{ count: string }>(
      'staff_acts.count',
      sql`SELECT count(*) AS count FROM staff_acts WHERE ${conditions}`,
    );
    return Number(row?.count);
  };
  return toConnection(page, STAFF_ACT_LIST, rows, ({ at, id }) => ({ at, id }), count);
}
