import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { billedCompanies } from './data/billed-companies.ts';
import { checkBooks } from './data/check-books.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes } from './harness/compare.ts';

/** Companies whose months are closed before anything is timed, so that nobody pays for what is compiled once. */
const WARM_UP = 10;
const LARGER = 4;
/** In turning order, so that what else the machine does falls on both. */
const ROUNDS = [
  ['smaller', 'larger'],
  ['larger', 'smaller'],
] as const;
const MOST = 1.3;
/** How often it is looked whether all is done: seldom enough not to count. */
const LOOK_MS = 50;
const PATIENCE_MS = 20_000;

/**
 * From the moment at which workers notice that months are due to the last document: they ask the graph what was used, issue and
 * charge, and make the PDF and the UBL of every invoice. They look for what is due once a second: the wait for the first look is
 * not timed, as it is the same for one company and for thousands.
 */
export const B1: Benchmark = {
  name: 'B1',
  shows: 'that a month closes in a time that grows with the companies and no faster',
  async run({ world, sizes: { closed } }) {
    const counts = { smaller: closed, larger: LARGER * closed };
    const companies = await billedCompanies(world, WARM_UP + ROUNDS.length * (counts.smaller + counts.larger));
    const times = { smaller: [] as number[], larger: [] as number[] };
    await world.withService(() =>
      world.withOwner(async (client) => {
        let from = WARM_UP;
        await closeMonth(client, companies.slice(0, from));
        for (const which of ROUNDS.flat()) {
          const count = counts[which];
          times[which].push((await closeMonth(client, companies.slice(from, from + count))) / count);
          from += count;
        }
      }),
    );
    await checkBooks(world, companies);
    return [
      compareTimes({
        name: 'B1',
        what: `close of a month of ${counts.larger} companies, usage to PDF`,
        against: `of ${counts.smaller} companies`,
        thisMs: times.larger,
        otherMs: times.smaller,
        target: { most: MOST },
        show: (ms) => `${(1000 / ms).toFixed(1)} companies/s`,
      }),
    ];
  },
};

const DUE = `INSERT INTO billing.month_close_work (company_id, due_at)
  SELECT id, '2026-03-02Z' FROM unnest($1::bigint[]) AS id`;
const STATE = `SELECT
    (SELECT count(*)::int FROM billing.month_close WHERE company_id = ANY($1)) AS begun,
    (SELECT count(*)::int FROM billing.invoice_documents WHERE company_id = ANY($1)) AS made`;

/** Makes the months of companies due and waits for their documents. Gives the milliseconds from the first month to the last document. */
async function closeMonth(client: Client, companyIds: readonly string[]): Promise<number> {
  await client.query(DUE, [companyIds]);
  let [start, known, knownAt]: [number | undefined, number, number] = [undefined, 0, performance.now()];
  for (;;) {
    const { begun, made } = (await client.query(STATE, [companyIds])).rows[0];
    const now = performance.now();
    if (begun > 0) start ??= now;
    if (start !== undefined && made === companyIds.length) return now - start;
    if (made > known) [known, knownAt] = [made, now];
    if (now - knownAt > PATIENCE_MS)
      throw new Error(`B1: nothing happens after ${made} of ${companyIds.length} documents`);
    await wait(LOOK_MS);
  }
}
