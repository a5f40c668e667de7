import { MESSAGE_STATE } from '../../subgraphs/messaging-stats/messages/merge-message.ts';
import type { MessageLine } from '../../subgraphs/messaging-stats/messages/message.line.ts';
import type { MessageRow } from '../../subgraphs/messaging-stats/messages/message.row.ts';
import type { CopySource } from './copy.ts';
import { finalEvents, type MessageEvent, type Span } from './message-events.ts';

const ROWS_A_PIECE = 500;

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
export function messageRows(
  companyId: string,
  { seed, count, span, channel, rowsAPiece = ROWS_A_PIECE }: RowOptions,
): CopySource {
  const columns = ['company_id', ...Object.keys(rowOf(firstEvent(seed))).map(columnOf)];
  return {
    table: 'messaging_stats.messages',
    columns,
    pieces: pieces(companyId, ofChannel(finalEvents(seed, count, span), channel), rowsAPiece),
  };
}

function* ofChannel(events: Iterable<MessageEvent>, channel: string | undefined): Generator<MessageEvent> {
  for (const event of events) yield channel === undefined ? event : { ...event, channel };
}

function* pieces(companyId: string, events: Iterable<MessageEvent>, rowsAPiece: number): Generator<string> {
  let lines: string[] = [];
  for (const event of events) {
    const cells = Object.entries(rowOf(event)).map(([field, value]) => cellOf(field, value));
    lines.push(`${companyId}\t${cells.join('\t')}\n`);
    if (lines.length < rowsAPiece) continue;
    yield lines.join('');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('');
}

function firstEvent(seed: number): MessageEvent {
  for (const event of finalEvents(seed, 1)) return event;
  throw new Error('a year without a message');
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

/** createdAt is kept in created_at. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** Texts of the generator hold nothing that COPY would have to escape. */
function cellOf(field: string, value: unknown): string {
  if (value === null) return '\\N';
  return field.endsWith('At') ? new Date(value as number).toISOString() : String(value);
}
