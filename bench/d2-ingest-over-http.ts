import { busyCompany, checkIngest, nextStream } from './data/busy-company.ts';
import { send, takeIn } from './data/ingest.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, perSecond } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';

/** The ingest of D1 as a sender has it, NDJSON over HTTP at the gateway, against the subgraph alone. */
export const D2: Benchmark = {
  name: 'D2',
  shows: 'what the way through the gateway costs a writer',
  async run({ world, sizes }) {
    const { busy, events, rounds } = sizes;
    const { id } = await busyCompany(world, busy);
    const token = await world.token(['ingest:write'], id);
    const times = await world.withService((url) =>
      world.withDatabase(1, async (database) => {
        await checkIngest(world, id, sizes, (pieces) => send(url, token, pieces));
        return timeRounds(rounds, {
          sent: {
            prepare() {
              const { pieces } = nextStream(sizes);
              return () => send(url, token, pieces);
            },
          },
          taken: {
            prepare() {
              const { pieces } = nextStream(sizes);
              return () => takeIn(world, database, id, pieces);
            },
          },
        });
      }),
    );
    return [
      compareTimes({
        name: 'D2',
        what: `the same through HTTP, NDJSON at the gateway`,
        against: 'D1',
        thisMs: times.sent,
        otherMs: times.taken,
        target: { least: 0.6 },
        show: perSecond(events, 'rows'),
      }),
    ];
  },
};
