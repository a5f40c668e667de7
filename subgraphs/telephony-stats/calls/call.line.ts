import {
  type Deletion,
  type IngestKind,
  isDeleted,
  type JsonObject,
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
import { type CallDirection, type CallStatus, DIRECTION_NAMES, STATUS_NAMES } from './call-status.ts';

/** One event of a leg, checked. Instants are epoch milliseconds, money millionths. */
export interface CallLine {
  readonly id: string;
  readonly rootId: string | undefined;
  readonly direction: CallDirection;
  readonly startedAt: number;
  readonly status: CallStatus;
  readonly statusAt: number;
  readonly answeredAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly holdSeconds: number | undefined;
  readonly wrapUpSeconds: number | undefined;
  readonly trunkId: string | undefined;
  readonly botId: string | undefined;
  readonly operatorId: string | undefined;
  /** As it was written; goes no further than to its hash. */
  readonly number: string | undefined;
  /** Made of the number with the company's secret, before the line is merged. */
  readonly numberHash: string | undefined;
  readonly evaluation: string | undefined;
  readonly cause: string | undefined;
  readonly priceMicros: bigint | undefined;
  readonly priceAt: number;
}

const LONGEST_LABEL = 64;
const MOST_SECONDS = 2_147_483_647;

/**
 * Kind `calls`, one line an event of a leg: id, direction, status, startedAt, statusAt; optional rootId, answeredAt, endedAt,
 * holdSeconds, wrapUpSeconds, trunkId, botId, operatorId, number, evaluation, cause, price, priceAt.
 */
export const CALL_LINES: IngestKind<CallLine | Deletion> = {
  kind: 'calls',
  key: ({ id }) => id,
  parse: (json, receipt) =>
    isDeleted(json) ? { id: requiredId(json, 'id'), deleted: true } : parseCall(json, receipt),
};

function parseCall(json: JsonObject, receipt: Receipt): CallLine {
  const statusAt = requiredTime(json, 'statusAt', receipt);
  return {
    id: requiredId(json, 'id'),
    rootId: optionalId(json, 'rootId'),
    direction: requiredEnum(json, 'direction', DIRECTION_NAMES),
    startedAt: requiredTime(json, 'startedAt', receipt),
    status: requiredEnum(json, 'status', STATUS_NAMES),
    statusAt,
    answeredAt: optionalTime(json, 'answeredAt', receipt),
    endedAt: optionalTime(json, 'endedAt', receipt),
    holdSeconds: optionalInteger(json, 'holdSeconds', MOST_SECONDS),
    wrapUpSeconds: optionalInteger(json, 'wrapUpSeconds', MOST_SECONDS),
    trunkId: optionalId(json, 'trunkId'),
    botId: optionalId(json, 'botId'),
    operatorId: optionalId(json, 'operatorId'),
    number: optionalText(json, 'number', LONGEST_LABEL),
    numberHash: undefined,
    evaluation: optionalText(json, 'evaluation', LONGEST_LABEL),
    cause: optionalText(json, 'cause', LONGEST_LABEL),
    priceMicros: optionalPrice(json, 'price'),
    priceAt: optionalTime(json, 'priceAt', receipt) ?? statusAt,
  };
}
