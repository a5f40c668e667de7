import { type Column, identifier, RowTable } from '#platform/database';
import type { CallDirection, CallStatus } from './call-status.ts';

/** One call as its legs make it. Instants are epoch milliseconds, money millionths. */
export interface CallRow {
  /** The root id that its legs share. */
  id: string;
  direction: CallDirection;
  status: CallStatus;
  startedAt: number;
  answeredAt: number | null;
  /** Null while a leg runs. */
  endedAt: number | null;
  /** Whole seconds from answer to end; null where the call was not answered, or its end is not known yet. */
  talkSeconds: number | null;
  holdSeconds: number;
  wrapUpSeconds: number;
  trunkId: string | null;
  botId: string | null;
  operatorId: string | null;
  numberHash: string | null;
  evaluation: string | null;
  cause: string | null;
  /** Sum of the legs; null where none has a price. */
  priceMicros: bigint | null;
}

const time = (name: string): Column => ({ name, type: 'timestamptz' });
const number = (name: string): Column => ({ name, type: 'integer' });
const text = (name: string): Column => ({ name, type: 'text' });

export const CALL_TABLE = new RowTable<CallRow>('calls', {
  id: text('root_id'),
  direction: { name: 'direction', type: 'text', databaseType: identifier('call_direction') },
  status: { name: 'status', type: 'text', databaseType: identifier('call_status') },
  startedAt: time('started_at'),
  answeredAt: time('answered_at'),
  endedAt: time('ended_at'),
  talkSeconds: number('talk_seconds'),
  holdSeconds: number('hold_seconds'),
  wrapUpSeconds: number('wrap_up_seconds'),
  trunkId: text('trunk_id'),
  botId: text('bot_id'),
  operatorId: text('operator_id'),
  numberHash: text('number_hash'),
  evaluation: text('evaluation'),
  cause: text('cause'),
  priceMicros: { name: 'price_micros', type: 'bigint', databaseType: identifier('numeric') },
});
