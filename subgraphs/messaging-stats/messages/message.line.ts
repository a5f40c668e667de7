import {
  type Deletion,
  type IngestKind,
  isDeleted,
  type JsonObject,
  optionalContent,
  optionalId,
  optionalInteger,
  optionalPrice,
  optionalText,
  optionalTime,
  type Receipt,
  requiredEnum,
  requiredId,
  requiredTime,
} from '#platform/ingest';
import { countSmsParts } from '../sms/sms-parts.ts';
import { CHANNELS, type Channel, type MessageStatus, STATUS_NAMES } from './message-status.ts';

/** One event of a message, checked. Instants are epoch milliseconds, money millionths. */
export interface MessageLine {
  readonly id: string;
  readonly channel: Channel;
  readonly createdAt: number;
  readonly status: MessageStatus;
  readonly statusAt: number;
  readonly sentAt: number | undefined;
  readonly notificationId: string | undefined;
  /** As the provider counted. */
  readonly givenSmsParts: number | undefined;
  /** As the text is cut; the text itself goes no further. */
  readonly textSmsParts: number | undefined;
  readonly priceMicros: bigint | undefined;
  readonly priceAt: number;
  readonly errorCode: string | undefined;
}

const CHANNEL_NAMES = Object.keys(CHANNELS) as Channel[];
const MOST_SMS_PARTS = 1000;
const LONGEST_ERROR_CODE = 64;

/** Kind `messages`: id, channel, status, createdAt, statusAt; optional sentAt, notificationId, text, smsParts, price, priceAt, errorCode. */
export const MESSAGE_LINES: IngestKind<MessageLine | Deletion> = {
  kind: 'messages',
  key: ({ id }) => id,
  parse: (json, receipt) =>
    isDeleted(json) ? { id: requiredId(json, 'id'), deleted: true } : parseMessage(json, receipt),
};

function parseMessage(json: JsonObject, receipt: Receipt): MessageLine {
  const channel = requiredEnum(json, 'channel', CHANNEL_NAMES);
  const statusAt = requiredTime(json, 'statusAt', receipt);
  const text = optionalContent(json, 'text');
  const givenSmsParts = optionalInteger(json, 'smsParts', MOST_SMS_PARTS);
  const isSms = channel === 'SMS';
  return {
    id: requiredId(json, 'id'),
    channel,
    createdAt: requiredTime(json, 'createdAt', receipt),
    status: requiredEnum(json, 'status', STATUS_NAMES),
    statusAt,
    sentAt: optionalTime(json, 'sentAt', receipt),
    notificationId: optionalId(json, 'notificationId'),
    givenSmsParts: isSms ? givenSmsParts : undefined,
    textSmsParts: isSms && text !== undefined ? countSmsParts(text) : undefined,
    priceMicros: optionalPrice(json, 'price'),
    priceAt: optionalTime(json, 'priceAt', receipt) ?? statusAt,
    errorCode: optionalText(json, 'errorCode', LONGEST_ERROR_CODE),
  };
}
