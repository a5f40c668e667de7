import DataLoader from 'dataloader';
import { sql } from '#platform/database';
import type { RequestContext } from '#platform/graphql';
import { type MessengerName, toMessenger } from '../dialogues/messenger.ts';
import { chatEntries } from './named-ids.ts';

/** The messengers of chats: by the directory, else by the latest dialogue of the chat. */
export function chatMessengers(context: RequestContext): DataLoader<string, MessengerName> {
  return new DataLoader(async (ids) => {
    const entries = await Promise.all(ids.map((id) => context.once(chatEntries).load(id)));
    const unnamed = ids.filter((_, index) => entries[index]?.details.messenger === undefined);
    const ofDialogues = await readLatestMessengers(context, unnamed);
    return ids.map((id, index) => {
      const named = entries[index]?.details.messenger;
      return named === undefined ? (ofDialogues.get(id) ?? 'OTHER') : toMessenger(named);
    });
  });
}

async function readLatestMessengers(
  context: RequestContext,
  ids: readonly string[],
): Promise<Map<string, MessengerName>> {
  if (ids.length === 0) return new Map();
  const transaction = await context.transaction();
  const rows = await transaction.arrays<[string, MessengerName]>(
    'dialogues.latest_messenger',
    sql`SELECT chat.id, latest.messenger FROM unnest(${ids}::text[]) AS chat(id)
      CROSS JOIN LATERAL (
        SELECT messenger FROM dialogues WHERE company_id = ${transaction.companyId} AND chat_id = chat.id
        ORDER BY started_at DESC, dialogues.id DESC LIMIT 1
      ) AS latest`,
  );
  return new Map(rows);
}
