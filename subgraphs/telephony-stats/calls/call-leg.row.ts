import { type Column, identifier, RowTable } from '#platform/database';
import type { CallDirection, CallStatus } from './call-status.ts';

/** What an event of a leg may carry beside its identity and status, and how it is kept. */
export interface OptionalLegFields {
  answeredAt: number;
  endedAt: number;
  holdSeconds: number;
  wrapUpSeconds: number;
  trunkId: string;
  botId: string;
  operatorId: string;
  numberHash: string;
  evaluation: string;
  cause: string;
}

type OrNull<Fields> = { [Name in keyof Fields]: Fields[Name] | null };
/** Beside each optional value the time of the event that it came with. */
type Stamps = { [Name in keyof OptionalLegFields as `${Name}At`]: number | null };

/** The current state of one leg. Instants are epoch milliseconds, money millionths. */
export interface CallLegRow extends OrNull<OptionalLegFields>, Stamps {
  id: string;
  /** The call that it is a leg of: the root id, else its own id. */
  callId: string;
  /** As given. */
  rootId: string | null;
  direction: CallDirection;
  startedAt: number;
  status: CallStatus;
  statusAt: number;
  priceMicros: bigint | null;
  priceAt: number | null;
}

const time = (name: string): Column => ({ name, type: 'timestamptz' });
const number = (name: string): Column => ({ name, type: 'integer' });
const text = (name: string): Column => ({ name, type: 'text' });

export const CALL_LEG_TABLE = new RowTable<CallLegRow>('call_legs', {
  id: text('id'),
  callId: text('call_id'),
  rootId: text('root_id'),
  direction: { name: 'direction', type: 'text', databaseType: identifier('call_direction') },
  startedAt: time('started_at'),
  status: { name: 'status', type: 'text', databaseType: identifier('call_status') },
  statusAt: time('status_at'),
  answeredAt: time('answered_at'),
  answeredAtAt: time('answered_at_at'),
  endedAt: time('ended_at'),
  endedAtAt: time('ended_at_at'),
  holdSeconds: number('hold_seconds'),
  holdSecondsAt: time('hold_seconds_at'),
  wrapUpSeconds: number('wrap_up_seconds'),
  wrapUpSecondsAt: time('wrap_up_seconds_at'),
  trunkId: text('trunk_id'),
  trunkIdAt: time('trunk_id_at'),
  botId: text('bot_id'),
  botIdAt: time('bot_id_at'),
  operatorId: text('operator_id'),
  operatorIdAt: time('operator_id_at'),
  numberHash: text('number_hash'),
  numberHashAt: time('number_hash_at'),
  evaluation: text('evaluation'),
  evaluationAt: time('evaluation_at'),
  cause: text('cause'),
  causeAt: time('cause_at'),
  priceMicros: { name: 'price_micros', type: 'bigint' },
  priceAt: time('price_at'),
});
