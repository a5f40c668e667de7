import type { IngestAnswer } from '#platform/ingest';
import { expectEqual } from '../harness/compare.ts';
import type { Sizes } from '../sizes.ts';
import type { BenchCompany, World } from '../world.ts';
import { messageCompany } from './companies.ts';
import { BENCH_YEAR, type MessageEvent, type Span } from './message-events.ts';
import { shuffledEvents, toNdjson } from './message-stream.ts';

/** Events that nobody has sent yet, and the same as the body of a request. */
export interface EventStream {
  readonly events: readonly MessageEvent[];
  readonly pieces: readonly Uint8Array[];
}

/** How many messages the company has a year, and how many events are sent at once. */
export type Traffic = Pick<Sizes, 'busy' | 'events'>;

/** Messages by status. */
export type Counts = Readonly<Record<string, number>>;

const RANKS: Readonly<Record<string, number>> = {
  CREATED: 0,
  CREATED_OPTIONAL: 0,
  DELAYED: 0,
  PENDING: 1,
  DELIVERED: 3,
};
const HOUR_MS = 3_600_000;
const EVENTS_A_MESSAGE = 3;
let streams = 0;

/** The company that events are sent to while others are measured; it has messages already. */
export function busyCompany(world: World, messages: number): Promise<BenchCompany> {
  return messageCompany(world, 'busy', { timeZone: 'Europe/Moscow', messages });
}

/** New messages of the company's next days, as dense as it is used to; nobody else in this process has them. */
export function nextStream({ busy, events: count }: Traffic): EventStream {
  const events = shuffledEvents(10_000 + streams, count, nextDays({ busy, events: count }));
  return { events, pieces: toNdjson(events) };
}

/** The time that a company needs for the messages of so many events, about three each; one such time after another. */
export function nextDays({ busy, events }: Traffic): Span {
  const { from, to } = BENCH_YEAR;
  const year = (to - from) / HOUR_MS;
  const hours = Math.min(year, Math.ceil((year * events) / EVENTS_A_MESSAGE / busy));
  const first = (streams++ * hours) % (year - hours + 1);
  return { from: from + first * HOUR_MS, to: from + (first + hours) * HOUR_MS };
}

/** Takes one stream in and throws unless the rows are what the events say, counted plainly. */
export async function checkIngest(
  world: World,
  companyId: string,
  traffic: Traffic,
  takeIn: (pieces: readonly Uint8Array[]) => Promise<IngestAnswer>,
): Promise<void> {
  const { events, pieces } = nextStream(traffic);
  const before = await countRows(world, companyId);
  const { received, inserted } = await takeIn(pieces);
  const after = await countRows(world, companyId);
  const expected = countStates(events);
  expectEqual('rows by status after ingest', addedRows(before, after), expected);
  const ids = Object.values(expected).reduce((sum, rows) => sum + rows, 0);
  expectEqual('answer of the ingest', { received, inserted }, { received: traffic.events, inserted: ids });
}

/** What has come to counts by status; statuses with nothing new are left out. */
export function addedRows(before: Counts, after: Counts): Counts {
  const added = Object.entries(after).map(([status, rows]) => [status, rows - (before[status] ?? 0)] as const);
  return Object.fromEntries(added.filter(([, rows]) => rows !== 0));
}

/** Messages by the state that stands in the end. */
export function countStates(events: readonly MessageEvent[]): Counts {
  const states = new Map<string, MessageEvent>();
  for (const event of events) {
    const known = states.get(event.id);
    if (!known || standsOver(event, known)) states.set(event.id, event);
  }
  const counts: Record<string, number> = {};
  for (const { status } of states.values()) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function standsOver(one: MessageEvent, other: MessageEvent): boolean {
  const rank = ({ status }: MessageEvent) => RANKS[status] ?? 2;
  return rank(one) - rank(other) > 0 || (rank(one) === rank(other) && one.statusAt > other.statusAt);
}

/** Rows of a company by status, counted by the owner of the database. */
export async function countRows(world: World, companyId: string): Promise<Counts> {
  const statement =
    'SELECT status, count(*)::int AS rows FROM messaging_stats.messages WHERE company_id = $1 GROUP BY 1';
  const { rows } = await world.withOwner((client) => client.query(statement, [companyId]));
  return Object.fromEntries(rows.map(({ status, rows: count }) => [status, count]));
}
