import { sql } from '#platform/database';
import { entryLoader, type NamedIds } from '#platform/directory';

/** Where this subgraph's events name chats, operators, groups and bots. */
export const CHATS: NamedIds = {
  kind: 'CHAT',
  seen: ({ companyId }) => sql`SELECT chat_id AS id FROM dialogues WHERE company_id = ${companyId}`,
};

export const BOTS: NamedIds = {
  kind: 'BOT',
  seen: ({ companyId }) =>
    sql`SELECT bot_id AS id FROM dialogues WHERE company_id = ${companyId} AND bot_id IS NOT NULL`,
};

/** Messages and assignments that wait for their dialogue name operators too. */
export const OPERATORS: NamedIds = {
  kind: 'OPERATOR',
  seen: ({ companyId }) =>
    sql`SELECT operator_id AS id FROM chat_messages WHERE company_id = ${companyId} AND operator_id IS NOT NULL
      UNION ALL SELECT operator_id FROM operator_sessions WHERE company_id = ${companyId}
      UNION ALL SELECT operator_id FROM operator_states WHERE company_id = ${companyId}`,
};

/** A group is also named by the entries of its operators. */
export const OPERATOR_GROUPS: NamedIds = {
  kind: 'OPERATOR_GROUP',
  seen: ({ companyId }) =>
    sql`SELECT group_id AS id FROM dialogues WHERE company_id = ${companyId} AND group_id IS NOT NULL
      UNION ALL
      SELECT member.group_id COLLATE "C" FROM directory
      CROSS JOIN LATERAL jsonb_array_elements_text(details->'groupIds') AS member(group_id)
      WHERE company_id = ${companyId} AND kind = 'OPERATOR'`,
};

/** Entries by id, one look-up a kind for whatever a request asks for side by side. */
export const chatEntries = entryLoader('CHAT');
export const botEntries = entryLoader('BOT');
export const operatorEntries = entryLoader('OPERATOR');
export const groupEntries = entryLoader('OPERATOR_GROUP');
