import { type CurrentState, greatestOf, identityField, showInstant } from '#platform/ingest';
import { geohashOf } from '../locations/geohash.ts';
import type { DialogueLine } from './dialogue.line.ts';
import { DIALOGUE_TABLE, type DialogueRow } from './dialogue.row.ts';
import { settleChangedDialogues } from './settle-changed-dialogues.ts';

/** How events of a dialogue become its current row. All but its end never changes once it is known. */
export const DIALOGUE_STATE: CurrentState<DialogueLine, DialogueRow> = {
  kind: 'dialogues',
  table: DIALOGUE_TABLE,
  merge: mergeDialogue,
  countsAlike: (one, other) => DIALOGUE_TABLE.isSame(one, other),
  settle: settleChangedDialogues,
};

function mergeDialogue(known: DialogueRow | undefined, line: DialogueLine): DialogueRow {
  const latitude = identityField('latitude', known?.latitude, line.latitude);
  const longitude = identityField('longitude', known?.longitude, line.longitude);
  return {
    id: line.id,
    chatId: identityField('chatId', known?.chatId, line.chatId) ?? line.chatId,
    messenger: identityField('messenger', known?.messenger, line.messenger) ?? line.messenger,
    startedAt: identityField('startedAt', known?.startedAt, line.startedAt, showInstant) ?? line.startedAt,
    closedAt: greatestOf(known?.closedAt, line.closedAt),
    botId: identityField('botId', known?.botId, line.botId),
    groupId: identityField('groupId', known?.groupId, line.groupId),
    clientId: identityField('clientId', known?.clientId, line.clientId),
    latitude,
    longitude,
    geohash: latitude === null || longitude === null ? null : geohashOf(latitude, longitude),
  };
}
