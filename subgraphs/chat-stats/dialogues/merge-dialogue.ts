import { type CurrentState, greatestOf, identityField, showInstant } from '#platform/ingest';
import { removeMessagesOf, settleDialogues } from '../messages/settle-dialogues.ts';
import { removeSessionsOf, settleSessions } from '../operators/settle-sessions.ts';
import type { DialogueLine } from './dialogue.line.ts';
import { DIALOGUE_TABLE, type DialogueRow } from './dialogue.row.ts';

/** How events of a dialogue become its current row. All but its end never changes once it is known. */
export const DIALOGUE_STATE: CurrentState<DialogueLine, DialogueRow> = {
  kind: 'dialogues',
  table: DIALOGUE_TABLE,
  merge: mergeDialogue,
  countsAlike: (one, other) => DIALOGUE_TABLE.isSame(one, other),
  async settle(transaction, changes, erased) {
    await removeMessagesOf(transaction, erased);
    await removeSessionsOf(transaction, erased);
    const arrived = changes.flatMap(({ before, after }) => (!before && after ? [after.id] : []));
    await settleDialogues(transaction, arrived);
    const closed = changes.flatMap(({ before, after }) =>
      after && before?.closedAt !== after.closedAt ? [after.id] : [],
    );
    await settleSessions(transaction, [...arrived, ...closed]);
  },
};

function mergeDialogue(known: DialogueRow | undefined, line: DialogueLine): DialogueRow {
  return {
    id: line.id,
    chatId: identityField('chatId', known?.chatId, line.chatId) ?? line.chatId,
    messenger: identityField('messenger', known?.messenger, line.messenger) ?? line.messenger,
    startedAt: identityField('startedAt', known?.startedAt, line.startedAt, showInstant) ?? line.startedAt,
    closedAt: greatestOf(known?.closedAt, line.closedAt),
    botId: identityField('botId', known?.botId, line.botId),
    groupId: identityField('groupId', known?.groupId, line.groupId),
    clientId: identityField('clientId', known?.clientId, line.clientId),
    latitude: identityField('latitude', known?.latitude, line.latitude),
    longitude: identityField('longitude', known?.longitude, line.longitude),
  };
}
