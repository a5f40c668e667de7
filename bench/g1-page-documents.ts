import { Client } from 'pg';
import { AnalyticsDocument, NotificationGraphsDocument } from '../client/operations.generated.ts';
import { yearCompany } from './data/companies.ts';
import { recordStatements, replayStatements } from './data/statements.ts';
import type { Benchmark, Finding } from './harness/benchmark.ts';
import { compareTimes } from './harness/compare.ts';
import { timeRounds } from './harness/rounds.ts';
import type { World } from './world.ts';

const PAGES = { Analytics: AnalyticsDocument, 'Notification graphs': NotificationGraphsDocument };
const VARIABLES = { period: { dates: { startDate: '2025-03-15', endDate: '2026-03-14' } }, granularity: 'DAY' };

/**
 * Whole pages as a browser asks for them, over HTTP through gateway and subgraph, against nothing but the statements that they come
 * to: the same ones, recorded and sent again over one connection.
 */
export const G1: Benchmark = {
  name: 'G1',
  shows: 'what gateway, subgraph and GraphQL add to the time of the database',
  async run({ world, sizes: { large, rounds } }) {
    const company = await yearCompany(world, large);
    const token = await world.token(['stats:read'], company.id);
    const findings: Finding[] = [];
    const work = async (url: string) => {
      for (const [title, document] of Object.entries(PAGES)) {
        const ask = () => post(url, token, { query: String(document), variables: VARIABLES });
        findings.push(await measure(world, title, ask, rounds));
      }
    };
    // Statements of workers would be taken for those of the page.
    await world.withService(work, { workers: false });
    return findings;
  },
};

async function measure(world: World, title: string, ask: () => Promise<unknown>, rounds: number): Promise<Finding> {
  await ask();
  const statements = await recordStatements(ask);
  const client = new Client({ connectionString: world.roleUrl('messaging_stats') });
  await client.connect();
  const times = await timeRounds(2 * rounds, { ask, replay: () => replayStatements(client, statements) });
  await client.end();
  return compareTimes({
    name: 'G1',
    what: `page ${title}, a year by day, through the gateway`,
    against: 'its statements alone',
    thisMs: times.ask,
    otherMs: times.replay,
    target: { most: 2 },
  });
}

/** Asks the graph. Throws where it answers with errors. */
async function post(url: string, token: string, body: object): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown[] };
  if (errors) throw new Error(`the graph answered with errors: ${JSON.stringify(errors)}`);
  return data;
}
