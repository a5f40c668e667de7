import DataLoader from 'dataloader';
import type { CompanyId } from '#platform/database';
import { ServiceError } from '#platform/errors';
import type { RequestContext } from '#platform/graphql';
import type { UsageSnapshot } from '../invoices/invoice-snapshot.ts';
import { readUsage } from '../months/read-usage.ts';

/** A billed month of a company; [from, to), epoch milliseconds. */
export interface BilledSpan {
  companyId: CompanyId;
  from: number;
  to: number;
}

/** Months that one request may compare: each is a question to three subgraphs. */
const MOST_MONTHS = 24;

/** How many requests of this process are asking the graph. */
let asking = 0;

/** Loads the present usage of billed months, one after another. Throws LIMIT_EXCEEDED where a request asks for too many. */
export function presentUsageLoader(context: RequestContext): DataLoader<BilledSpan, UsageSnapshot[], string> {
  let asked = 0;
  const read = async (spans: readonly BilledSpan[]) => {
    asked += spans.length;
    if (asked > MOST_MONTHS) {
      throw new ServiceError(
        'LIMIT_EXCEEDED',
        `reconciliation of ${asked} invoices is more than the ${MOST_MONTHS} of one request; ask for fewer at once.`,
      );
    }
    return withRoom(context, async () => {
      const usages: UsageSnapshot[][] = [];
      for (const span of spans) usages.push(...(await readUsage(context.graph, span.companyId, [span])));
      return usages;
    });
  };
  return new DataLoader(read, { cacheKeyFn: ({ companyId, from, to }) => `${companyId}/${from}/${to}` });
}

/**
 * A request that waits for the graph holds a connection, and the graph needs one of the same pool to answer: half of the pool is
 * left to it. Throws OVERLOADED where the other half is taken.
 */
async function withRoom<T>({ config }: RequestContext, work: () => Promise<T>): Promise<T> {
  if (asking >= Math.floor(config.DATABASE_POOL_SIZE / 2)) {
    throw new ServiceError(
      'OVERLOADED',
      'many invoices are being compared with the statistics; ask again in a moment.',
    );
  }
  asking += 1;
  try {
    return await work();
  } finally {
    asking -= 1;
  }
}
