import {
  type Compare,
  type CurrentState,
  compareNumbers,
  compareText,
  greaterStatus,
  identityField,
  laterOf,
  leastOf,
  showInstant,
} from '#platform/ingest';
import { readAgeLimit, writeDeltas } from '#platform/rollups';
import { MESSAGES } from './message.fact.ts';
import type { MessageLine } from './message.line.ts';
import { MESSAGE_ROLLUP } from './message.rollup.ts';
import { MESSAGE_TABLE, type MessageRow, notificationOf } from './message.row.ts';
import { MESSAGE_STATUSES, type MessageStatus, PROVES_SENDING } from './message-status.ts';
import { markRepeated } from './repeated-notifications.ts';

const ranks = Object.fromEntries(Object.entries(MESSAGE_STATUSES).map(([status, { rank }]) => [status, rank]));
const greater = greaterStatus(ranks as Record<MessageStatus, number>);

/** How events of a message become its current row. Each column merges on its own. */
export const MESSAGE_STATE: CurrentState<MessageLine, MessageRow> = {
  kind: 'messages',
  table: MESSAGE_TABLE,
  merge: mergeMessage,
  countsAlike: (one, other) =>
    COUNTED.every((field) => one[field] === other[field]) && notificationOf(one) === notificationOf(other),
  readRefusal: (transaction) => readAgeLimit(transaction, MESSAGES, 'createdAt', ({ createdAt }) => createdAt),
  relate: markRepeated,
  settle: (transaction, changes, _erased, { moment }) => writeDeltas(transaction, MESSAGE_ROLLUP, changes, moment),
};

/** Columns that a figure depends on, beside the notification. */
const COUNTED = ['status', 'sentAt', 'smsParts', 'priceMicros', 'errorCode'] as const;

function mergeMessage(known: MessageRow | undefined, line: MessageLine): MessageRow {
  const channel = identityField('channel', known?.channel, line.channel) ?? line.channel;
  const createdAt = identityField('createdAt', known?.createdAt, line.createdAt, showInstant) ?? line.createdAt;
  const notificationId = identityField('notificationId', known?.notificationId, line.notificationId);
  const { status, at: statusAt } = greater(known && { status: known.status, at: known.statusAt }, {
    status: line.status,
    at: line.statusAt,
  });
  const given = stamped(known?.givenSentAt, known?.givenSentAtAt, line.sentAt, line.statusAt, compareNumbers);
  const derivedSentAt = leastOf(known?.derivedSentAt, PROVES_SENDING.includes(line.status) ? line.statusAt : null);
  const parts = stamped(
    known?.givenSmsParts,
    known?.givenSmsPartsAt,
    line.givenSmsParts,
    line.statusAt,
    compareNumbers,
  );
  const textParts = stamped(
    known?.textSmsParts,
    known?.textSmsPartsAt,
    line.textSmsParts,
    line.statusAt,
    compareNumbers,
  );
  const price = stamped(known?.priceMicros, known?.priceAt, line.priceMicros, line.priceAt, compareNumbers);
  const errorCode = stamped(known?.errorCode, known?.errorCodeAt, line.errorCode, line.statusAt, compareText);
  return {
    id: line.id,
    channel,
    createdAt,
    status,
    statusAt,
    sentAt: given.value ?? derivedSentAt,
    givenSentAt: given.value,
    givenSentAtAt: given.at,
    derivedSentAt,
    notificationId,
    smsParts: channel === 'SMS' ? (parts.value ?? textParts.value ?? 1) : 0,
    givenSmsParts: parts.value,
    givenSmsPartsAt: parts.at,
    textSmsParts: textParts.value,
    textSmsPartsAt: textParts.at,
    priceMicros: price.value,
    priceAt: price.at,
    errorCode: errorCode.value,
    errorCodeAt: errorCode.at,
    isRepeated: known?.isRepeated ?? false,
  };
}

/** Merges an optional column and the stamp beside it; both are null where no event has carried it. */
function stamped<T>(
  knownValue: T | null | undefined,
  knownAt: number | null | undefined,
  value: T | undefined,
  at: number,
  compare: Compare<T>,
): { value: T | null; at: number | null } {
  const known = knownValue == null || knownAt == null ? undefined : { value: knownValue, at: knownAt };
  const incoming = value === undefined ? undefined : { value, at };
  return laterOf(known, incoming, compare) ?? { value: null, at: null };
}
