import { MESSAGE_STATE } from '../../subgraphs/messaging-stats/messages/merge-message.ts';
import type { MessageLine } from '../../subgraphs/messaging-stats/messages/message.line.ts';
import type { MessageRow } from '../../subgraphs/messaging-stats/messages/message.row.ts';
import type { CopySource } from './copy.ts';
import { copyRows } from './copy-rows.ts';
import { finalEvents, type MessageEvent, type Span } from './message-events.ts';

export interface RowOptions {
  readonly seed: number;
  readonly count: number;
  /** When they are created; the whole year by default. */
  readonly span?: Span;
  /** Of each piece that is handed to COPY. */
  readonly rowsAPiece?: number;
  /** Of all of them; as they come by default. */
  readonly channel?: string;
}

/** The rows of a company's messages, merged by the service's own rule, as COPY takes them. */
export function messageRows(companyId: string, { seed, count, span, channel, ...pieces }: RowOptions): CopySource {
  const rows = rowsOf(finalEvents(seed, count, span), channel);
  return copyRows('messaging_stats.messages', companyId, rows, pieces);
}

function* rowsOf(events: Iterable<MessageEvent>, channel: string | undefined): Generator<MessageRow> {
  for (const event of events) yield rowOf(channel === undefined ? event : { ...event, channel });
}

function rowOf(event: MessageEvent): MessageRow {
  const row = MESSAGE_STATE.merge(undefined, {
    ...event,
    priceMicros: event.price === undefined ? undefined : BigInt(Math.round(Number(event.price) * 1_000_000)),
    priceAt: event.statusAt,
  } as MessageLine);
  // The generator names a notification only where another attempt follows.
  return { ...row, isRepeated: event.notificationId !== undefined };
}
