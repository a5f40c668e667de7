import { isDeepStrictEqual } from 'node:util';
import type { Database } from '#platform/database';
import { agrees, compareLevels } from '#platform/rollups';
import { createRandom } from '../demo/random.ts';
import { MESSAGES } from '../subgraphs/messaging-stats/messages/message.fact.ts';
import { addedRows, countRows, countStates, nextStream } from './data/busy-company.ts';
import { messageCompany } from './data/companies.ts';
import { takeIn } from './data/ingest.ts';
import type { MessageEvent } from './data/message-events.ts';
import { toNdjson } from './data/message-stream.ts';
import {
  askEngineWithin,
  askRowsWithin,
  engineAnswer,
  rowsAnswer,
  wholeYear,
  type YearQuestion,
} from './data/year-question.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { expectEqual } from './harness/compare.ts';
import type { World } from './world.ts';

const WRITERS = 4;
const REQUEST_EVENTS = 2000;

/** Four writers send the same ids in different orders while figures are folded and read. */
export const D3: Benchmark = {
  name: 'D3',
  shows: 'that writers neither block one another for good nor make a figure wrong for a moment',
  async run({ world, sizes: { events: count, levelsFrom } }) {
    const company = await messageCompany(world, 'contested', { timeZone: 'Europe/Moscow', messages: levelsFrom });
    const { events } = nextStream({ busy: levelsFrom, events: count });
    const before = { rows: await countRows(world, company.id), deadlocks: await countDeadlocks(world) };
    const snapshots = await world.withService(() =>
      world.withDatabase(WRITERS + 1, (database) => {
        const writing = Promise.all(
          requestsOfWriters(events).map((requests) => sendAll(world, database, company.id, requests)),
        );
        return readUntil(writing, database, wholeYear(company));
      }),
    );
    const deadlocks = (await countDeadlocks(world)) - before.deadlocks;
    const after = await countRows(world, company.id);
    expectEqual('D3, rows by status', addedRows(before.rows, after), countStates(events));
    return [
      {
        name: 'D3',
        what: `${WRITERS} writers over the same ${count.toLocaleString('en-US')} events while figures are folded and read`,
        this: `${deadlocks} deadlocks; ${snapshots.equal} of ${snapshots.taken} snapshots equal the rows`,
        other: '',
        target: '0; all',
        met: deadlocks === 0 && snapshots.taken > 0 && snapshots.equal === snapshots.taken,
      },
    ];
  },
};

/** Each writer sends half of all events, in an order of its own, so that every event comes from two of them. */
function requestsOfWriters(events: readonly MessageEvent[]): MessageEvent[][][] {
  const requests: MessageEvent[][] = [];
  for (let start = 0; start < events.length; start += REQUEST_EVENTS)
    requests.push(events.slice(start, start + REQUEST_EVENTS));
  return Array.from({ length: WRITERS }, (_, writer) => {
    const random = createRandom(writer);
    const own = requests.filter((__, index) => index % 2 === writer % 2);
    return own
      .map((request) => ({ request, place: random.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ request }) => request);
  });
}

async function sendAll(
  world: World,
  database: Database,
  companyId: string,
  requests: readonly MessageEvent[][],
): Promise<void> {
  for (const request of requests) await takeIn(world, database, companyId, toNdjson(request));
}

/** Takes one snapshot after another until the writing is over, and compares figures with the rows in each. */
async function readUntil(writing: Promise<unknown>, database: Database, question: YearQuestion) {
  let over = false;
  const done = writing.finally(() => {
    over = true;
  });
  const snapshots = { taken: 0, equal: 0 };
  do {
    const equal = await compareOnce(database, question);
    snapshots.taken += 1;
    if (equal) snapshots.equal += 1;
  } while (!over);
  await done;
  return snapshots;
}

/** Whether the answer is that of the rows, and every level with its deltas agrees with them, all in one snapshot. */
async function compareOnce(database: Database, question: YearQuestion): Promise<boolean> {
  return database.rebuild(question.company.id, async (transaction) => {
    const engine = engineAnswer(await askEngineWithin(transaction, question));
    const rows = rowsAnswer(await askRowsWithin(transaction, question), question);
    return isDeepStrictEqual(engine, rows) && agrees(await compareLevels(transaction, MESSAGES));
  });
}

/** Deadlocks of the database since it was made. Counted when the connections have told, which they do when they end. */
async function countDeadlocks(world: World): Promise<number> {
  const statement = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()';
  const { rows } = await world.withOwner((client) => client.query<{ deadlocks: number }>(statement));
  return rows[0]?.deadlocks ?? 0;
}
