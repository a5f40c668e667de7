import { sql, type Transaction } from '#platform/database';

/** Brings what dialogues keep of their messages in line with these. Dialogues that are not known yet are left out. */
export async function settleDialogues(transaction: Transaction, dialogueIds: readonly string[]): Promise<void> {
  if (dialogueIds.length === 0) return;
  const { companyId } = transaction;
  const ids = sql`${[...new Set(dialogueIds)]}::text[]`;
  await transaction.execute(
    'dialogues.settle',
    sql`UPDATE dialogues AS dialogue SET
        client_messages = coalesce(own.client_messages, 0),
        bot_messages = coalesce(own.bot_messages, 0),
        operator_messages = coalesce(own.operator_messages, 0),
        price_micros = coalesce(own.price_micros, 0),
        first_client_at = own.first_client_at,
        first_operator_at = own.first_operator_at,
        operator_ids = coalesce(own.operator_ids, '{}')
      FROM unnest(${ids}) AS touched(id)
      LEFT JOIN (
        SELECT dialogue_id,
          count(*) FILTER (WHERE author = 'CLIENT') AS client_messages,
          count(*) FILTER (WHERE author = 'BOT') AS bot_messages,
          count(*) FILTER (WHERE author = 'OPERATOR') AS operator_messages,
          sum(price_micros) AS price_micros,
          min(sent_at) FILTER (WHERE author = 'CLIENT') AS first_client_at,
          min(sent_at) FILTER (WHERE author = 'OPERATOR') AS first_operator_at,
          array_agg(DISTINCT operator_id ORDER BY operator_id) FILTER (WHERE operator_id IS NOT NULL) AS operator_ids
        FROM chat_messages WHERE company_id = ${companyId} AND dialogue_id = ANY(${ids}) GROUP BY dialogue_id
      ) AS own ON own.dialogue_id = touched.id
      WHERE dialogue.company_id = ${companyId} AND dialogue.id = touched.id`,
  );
}
