import { sql, type Transaction } from '#platform/database';

type Settled = [id: string, endedAt: string | null, isAnswered: boolean];

/**
 * Brings what is derived of the assignments of these dialogues in line with the dialogues and their messages. Those of dialogues
 * that are not known yet are left out.
 */
export async function settleSessions(transaction: Transaction, dialogueIds: readonly string[]): Promise<void> {
  if (dialogueIds.length === 0) return;
  const { companyId } = transaction;
  const settled = await transaction.arrays<Settled>(
    'operator_sessions.unsettled',
    sql`SELECT id, ended_at::text, is_answered FROM (
        SELECT session.id, session.ended_at AS old_end, session.is_answered AS was_answered, least(released_at, closed_at) AS ended_at,
          EXISTS (
            SELECT FROM chat_messages AS message
            WHERE message.company_id = ${companyId} AND message.dialogue_id = session.dialogue_id
              AND message.operator_id = session.operator_id AND sent_at >= assigned_at
              AND sent_at < coalesce(least(released_at, closed_at), 'infinity')
          ) AS is_answered
        FROM operator_sessions AS session
        JOIN dialogues AS dialogue ON dialogue.company_id = session.company_id AND dialogue.id = session.dialogue_id
        WHERE session.company_id = ${companyId} AND session.dialogue_id = ANY(${[...new Set(dialogueIds)]}::text[])
      ) AS settled
      WHERE ended_at IS DISTINCT FROM old_end OR is_answered <> was_answered ORDER BY id`,
  );
  if (settled.length === 0) return;
  const column = (index: number) => settled.map((row) => row[index]);
  await transaction.execute(
    'operator_sessions.settle',
    sql`UPDATE operator_sessions AS session SET ended_at = settled.ended_at, is_answered = settled.is_answered
      FROM unnest(${column(0)}::text[], ${column(1)}::timestamptz[], ${column(2)}::boolean[]) AS settled(id, ended_at, is_answered)
      WHERE session.company_id = ${companyId} AND session.id = settled.id`,
  );
}

/** Takes the assignments of dialogues back with them. */
export async function removeSessionsOf(transaction: Transaction, dialogueIds: readonly string[]): Promise<void> {
  if (dialogueIds.length === 0) return;
  await transaction.execute(
    'operator_sessions.remove',
    sql`DELETE FROM operator_sessions
      WHERE company_id = ${transaction.companyId} AND dialogue_id = ANY(${dialogueIds}::text[])`,
  );
}
