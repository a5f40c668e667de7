import {
  type Deletion,
  type IngestKind,
  isDeleted,
  optionalId,
  optionalLatitude,
  optionalLongitude,
  optionalTime,
  requiredId,
  requiredText,
  requiredTime,
} from '#platform/ingest';
import { type MessengerName, toMessenger } from './messenger.ts';

/** One event of a dialogue, checked. Instants are epoch milliseconds. */
export interface DialogueLine {
  readonly id: string;
  readonly chatId: string;
  readonly messenger: MessengerName;
  readonly startedAt: number;
  readonly closedAt: number | undefined;
  readonly botId: string | undefined;
  readonly groupId: string | undefined;
  readonly clientId: string | undefined;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
}

const LONGEST_MESSENGER = 64;

/** Kind `dialogues`: id, chatId, messenger, startedAt; optional closedAt, botId, groupId, clientId, latitude, longitude. */
export const DIALOGUE_LINES: IngestKind<DialogueLine | Deletion> = {
  kind: 'dialogues',
  key: ({ id }) => id,
  parse(json, receipt) {
    const id = requiredId(json, 'id');
    if (isDeleted(json)) return { id, deleted: true };
    return {
      id,
      chatId: requiredId(json, 'chatId'),
      messenger: toMessenger(requiredText(json, 'messenger', LONGEST_MESSENGER)),
      startedAt: requiredTime(json, 'startedAt', receipt),
      closedAt: optionalTime(json, 'closedAt', receipt),
      botId: optionalId(json, 'botId'),
      groupId: optionalId(json, 'groupId'),
      clientId: optionalId(json, 'clientId'),
      latitude: optionalLatitude(json, 'latitude'),
      longitude: optionalLongitude(json, 'longitude'),
    };
  },
};
