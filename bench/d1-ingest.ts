import type { Client } from 'pg';
import { busyCompany, checkIngest, nextDays, nextStream } from './data/busy-company.ts';
import { messageCompany } from './data/companies.ts';
import { type CopySource, copyInto } from './data/copy.ts';
import { takeIn } from './data/ingest.ts';
import { messageRows } from './data/message-rows.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, perSecond } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';

const BATCH_ROWS = 5000;

/** Events out of order and doubled, with every figure exact at each commit, against COPY of as many finished rows that merges nothing. */
export const D1: Benchmark = {
  name: 'D1',
  shows: 'what merging and exact figures cost a writer',
  async run({ world, sizes }) {
    const { busy, events, rounds } = sizes;
    const { id, timeZone } = await busyCompany(world, busy);
    const copied = await messageCompany(world, 'copied', { timeZone, messages: busy });
    let round = 0;
    const times = await world.withDatabase(1, async (database) => {
      await checkIngest(world, id, sizes, (pieces) => takeIn(world, database, id, pieces));
      return world.withOwner((client) =>
        timeRounds(rounds, {
          taken: {
            async prepare() {
              const { pieces } = nextStream(sizes);
              await world.fold(id);
              return () => takeIn(world, database, id, pieces);
            },
          },
          copied: {
            prepare() {
              round += 1;
              const rows = { seed: 1_000_000 + round, count: events, span: nextDays(sizes), rowsAPiece: BATCH_ROWS };
              const source = messageRows(copied.id, rows);
              const pieces = [...source.pieces];
              return () => copyBatches(client, { ...source, pieces });
            },
          },
        }),
      );
    });
    return [
      compareTimes({
        name: 'D1',
        what: `ingest of ${events.toLocaleString('en-US')} events in batches of 5,000, one connection`,
        against: 'COPY of as many rows',
        thisMs: times.taken,
        otherMs: times.copied,
        target: { least: 0.6 },
        show: perSecond(events, 'rows'),
      }),
    ];
  },
};

/** As many transactions as the ingest has. */
async function copyBatches(client: Client, { pieces, ...target }: CopySource): Promise<void> {
  for (const piece of pieces) await copyInto(client, { ...target, pieces: [piece] });
}
