import { telephonyStats } from '../../subgraphs/telephony-stats/subgraph.ts';
import type { BenchCompany, World } from '../world.ts';
import { callYear } from './call-year.ts';
import { copyInto } from './copy.ts';
import { copyRows } from './copy-rows.ts';
import { streamOf, takeIn } from './ingest.ts';
import { BENCH_NOW } from './message-events.ts';

const HOUR_MS = 3_600_000;

/**
 * A company with a year of calls, each of one leg. Legs come with COPY; how much they load trunks is made by the service, with the
 * first event that it takes in. The rows of calls are left out: load is counted in legs.
 */
export function callCompany(world: World, calls: number): Promise<BenchCompany> {
  return world.company('calls', {
    timeZone: 'Europe/Moscow',
    has: `${calls.toLocaleString('en-US')} calls`,
    async fill({ id }) {
      await world.withOwner((client) =>
        copyInto(client, copyRows('telephony_stats.call_legs', id, callYear(Number(id), calls))),
      );
      const take = streamOf(telephonyStats, 'calls');
      await world.withDatabase(1, (database) => takeIn(world, database, id, [firstEvent()], take), telephonyStats);
    },
  });
}

/** A call after the year. */
function firstEvent(): Buffer {
  const at = new Date(BENCH_NOW - HOUR_MS).toISOString();
  const call = { id: 'first', direction: 'INBOUND', status: 'BUSY', startedAt: at, statusAt: at, trunkId: 't1' };
  return Buffer.from(`${JSON.stringify(call)}\n`);
}
