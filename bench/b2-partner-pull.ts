import { requestGraph } from '../scripts/graphql-client.ts';
import { partnerCompany } from './data/partner-company.ts';
import type { Benchmark, Finding } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { median } from './harness/rounds.ts';
import type { World } from './world.ts';

const MOST = 1.3;
const MOST_ROUNDS = 3;

const INVOICE = `id number kind status amount { amount currency } originalAmount { amount } paid { amount } updatedAt
  lines { service description quantity unitPrice amount { amount } tax { amount } }`;

/** Both ways of taking in invoices, at the largest pages that there are. */
const LISTS = {
  invoices: `query Invoices($after: String) {
    list: invoices(first: 1000, after: $after) {
      nodes { ${INVOICE} transactions { id type refill { amount } } }
      pageInfo { endCursor hasNextPage }
    }
  }`,
  billingChanges: `query Changes($after: String) {
    list: billingChanges(first: 1000, after: $after) {
      nodes { kind at invoice { ${INVOICE} } revision { id amount { amount } } transaction { id type refill { amount } } }
      pageInfo { endCursor hasNextPage }
    }
  }`,
};

/** A node of either list, as far as the check looks at it. */
interface Listed {
  readonly kind: string;
  readonly id?: string;
  readonly invoice?: InvoiceShown;
}
interface InvoiceShown {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly amount: { readonly amount: string };
  readonly lines: readonly unknown[];
}
interface PageAnswer {
  readonly list: {
    readonly nodes: readonly Listed[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** One partner takes in everything, page after page over HTTP, each page asked for with the cursor of the one before. */
export const B2: Benchmark = {
  name: 'B2',
  shows: 'that a page costs the same wherever it stands',
  async run({ world, sizes: { invoices, rounds } }) {
    const companyId = await partnerCompany(world, invoices);
    const token = await world.token(['billing:read'], companyId);
    return world.withService(
      async (url) => {
        const findings: Finding[] = [];
        for (const name of ['invoices', 'billingChanges'] as const) {
          const ask = (after: string | null) => requestGraph<PageAnswer>({ url, token }, LISTS[name], { after });
          const { nodes } = await pullAll(ask);
          await CHECKS[name](world, companyId, nodes);
          findings.push(await measure(name, nodes.length, ask, Math.min(rounds, MOST_ROUNDS)));
        }
        return findings;
      },
      { workers: false },
    );
  },
};

type Ask = (after: string | null) => Promise<PageAnswer>;

/** All pages, and the milliseconds that each of them took. */
async function pullAll(ask: Ask): Promise<{ nodes: Listed[]; times: number[] }> {
  const nodes: Listed[] = [];
  const times: number[] = [];
  let after: string | null = null;
  for (let more = true; more; ) {
    const start = performance.now();
    const { list }: PageAnswer = await ask(after);
    times.push(performance.now() - start);
    for (const node of list.nodes) nodes.push(node);
    after = list.pageInfo.endCursor;
    more = list.pageInfo.hasNextPage;
  }
  return { nodes, times };
}

async function measure(list: string, nodes: number, ask: Ask, rounds: number): Promise<Finding> {
  const [first, last] = [[] as number[], [] as number[]];
  for (let round = 0; round < rounds; round += 1) {
    const { times } = await pullAll(ask);
    // The last page may have fewer entries.
    const whole = times.slice(0, Math.max(1, Math.floor(nodes / 1000)));
    const tenth = Math.ceil(whole.length / 10);
    first.push(median(whole.slice(0, tenth)));
    last.push(median(whole.slice(-tenth)));
  }
  return compareTimes({
    name: 'B2',
    what: `page of 1,000 ${list}, the last tenth of ${nodes.toLocaleString('en-US')}`,
    against: 'the first tenth',
    thisMs: last,
    otherMs: first,
    target: { most: MOST },
  });
}

const shownAs = ({ id, number, status, amount, lines }: InvoiceShown) => [
  id,
  number,
  status,
  amount.amount,
  lines.length,
];

const INVOICES = `SELECT id, number, status, round(amount_micros / 1000000, 2)::text AS amount,
    jsonb_array_length(coalesce(
      (SELECT revised.snapshot FROM billing.invoice_revisions AS revised
        WHERE revised.company_id = invoice.company_id AND invoice_id = invoice.id AND revised.number = revision),
      snapshot) -> 'lines') AS lines
  FROM billing.invoices AS invoice WHERE company_id = $1 ORDER BY created_at DESC, id DESC`;
const CHANGES = 'SELECT kind, invoice_id AS id FROM billing.changes WHERE company_id = $1 ORDER BY sequence';

/** Throw unless a pull gave every row of the table once, in its order, and the invoices with what the tables say of them. */
const CHECKS = {
  async invoices(world: World, companyId: string, nodes: readonly Listed[]): Promise<void> {
    expectEqual('pull of invoices', (nodes as unknown as InvoiceShown[]).map(shownAs), await rowsOf(world, companyId));
  },
  async billingChanges(world: World, companyId: string, nodes: readonly Listed[]): Promise<void> {
    const { rows } = await world.withOwner((client) => client.query(CHANGES, [companyId]));
    expectEqual(
      'pull of changes',
      nodes.map(({ kind, invoice }) => ({ kind, id: invoice?.id })),
      rows,
    );
    const created = nodes.flatMap(({ kind, invoice }) => (kind === 'INVOICE_CREATED' && invoice ? [invoice] : []));
    const known = new Map((await rowsOf(world, companyId)).map((row) => [row[0], row]));
    expectEqual('invoices of the changes', created.length, known.size);
    expectEqual(
      'invoices of the changes',
      created.map(shownAs),
      created.map(({ id }) => known.get(id)),
    );
  },
};

async function rowsOf(world: World, companyId: string): Promise<unknown[][]> {
  const { rows } = await world.withOwner((client) =>
    client.query({ text: INVOICES, values: [companyId], rowMode: 'array' }),
  );
  return rows;
}
