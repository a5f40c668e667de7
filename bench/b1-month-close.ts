import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { billedCompanies } from './data/billed-companies.ts';
import { checkBooks } from './data/check-books.ts';
import type { Benchmark } from './harness/benchmark.ts';

/** Companies whose months are closed before anything is timed, so that nobody pays for what is compiled once. */
const WARM_UP = 10;
const LARGER = 4;
const MOST = 1.3;
/** How often it is looked whether all is done: seldom enough not to count. */
const LOOK_MS = 100;
const PATIENCE_MS = 60_000;

/**
 * From the moment at which months are due to the last document: workers find what is due, ask the graph what was used, issue and
 * charge, and make the PDF and the UBL of every invoice. They look for what is due once a second, for 100 companies at a time:
 * the smaller close waits up to a second of its time for that, which makes it look dearer.
 */
export const B1: Benchmark = {
  name: 'B1',
  shows: 'that a month closes in a time that grows with the companies and no faster',
  async run({ world, sizes: { closed } }) {
    const counts = [WARM_UP, closed, LARGER * closed];
    const companies = await billedCompanies(
      world,
      counts.reduce((sum, count) => sum + count),
    );
    const times = await world.withService(() =>
      world.withOwner(async (client) => {
        const passed: number[] = [];
        let from = 0;
        for (const count of counts) {
          passed.push(await closeMonth(client, companies.slice(from, from + count)));
          from += count;
        }
        return passed;
      }),
    );
    await checkBooks(world, companies);
    const [, smaller = 0, larger = 0] = times;
    const ratio = larger / LARGER / smaller;
    return [
      {
        name: 'B1',
        what: `close of a month of ${LARGER * closed} companies, usage to PDF`,
        this: show(LARGER * closed, larger),
        other: `${show(closed, smaller)} (of ${closed} companies)`,
        ratio,
        target: `<= ${MOST}`,
        met: ratio <= MOST,
      },
    ];
  },
};

const DUE = `INSERT INTO billing.month_close_work (company_id, due_at)
  SELECT id, '2026-03-02Z' FROM unnest($1::bigint[]) AS id`;
const STATE = `SELECT count(*)::int AS made,
    (SELECT count(*)::int FROM billing.month_close WHERE company_id = ANY($1) AND status IN ('FAILED', 'BLOCKED_DETAILS', 'NO_USAGE'))
      AS lost
  FROM billing.invoice_documents WHERE company_id = ANY($1)`;

/** Makes the months of companies due and waits for their documents. Gives the milliseconds that it took. */
async function closeMonth(client: Client, companyIds: readonly string[]): Promise<number> {
  const start = performance.now();
  await client.query(DUE, [companyIds]);
  let [known, knownAt] = [0, start];
  for (;;) {
    const { made, lost } = (await client.query(STATE, [companyIds])).rows[0];
    if (made === companyIds.length) return performance.now() - start;
    if (lost > 0) throw new Error(`B1: ${lost} months were not invoiced`);
    if (made > known) [known, knownAt] = [made, performance.now()];
    if (performance.now() - knownAt > PATIENCE_MS) throw new Error(`B1: nothing happens after ${made} documents`);
    await wait(LOOK_MS);
  }
}

function show(count: number, ms: number): string {
  return `${((count / ms) * 1000).toFixed(1)} companies/s`;
}
