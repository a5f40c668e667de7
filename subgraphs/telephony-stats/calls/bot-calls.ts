import DataLoader from 'dataloader';
import type { RequestContext } from '#platform/graphql';
import { type CountedLine, FactQuery, LARGEST_LINES, type Sums } from '#platform/statistics';
import type { Period } from '#platform/time';
import { CALLS, type CallFact } from './call.fact.ts';

/** A bot whose calls in a period are wanted. */
export interface BotPeriod {
  readonly botId: string;
  readonly period: Period;
}

/** What counters are made of. */
export type CallTotals = Pick<CountedLine<CallFact>, 'sums' | 'distinct'>;

const NOTHING: CallTotals = {
  sums: Object.fromEntries(Object.keys(CALLS.sums).map((name) => [name, 0n])) as Sums<CallFact>,
  distinct: async () => 0,
};

/** Counts the calls of bots, for all bots of a request that share a period with one statement. */
export function botCallsLoader(context: RequestContext): DataLoader<BotPeriod, CallTotals, string> {
  return new DataLoader((wanted) => readBotCalls(context, wanted), {
    cacheKeyFn: ({ botId, period }) => `${periodKey(period)} ${botId}`,
    maxBatchSize: LARGEST_LINES,
  });
}

async function readBotCalls(context: RequestContext, wanted: readonly BotPeriod[]): Promise<CallTotals[]> {
  const lines = new Map<string, CallTotals>();
  for (const [key, sharing] of Map.groupBy(wanted, ({ period }) => periodKey(period))) {
    const botIds = sharing.map(({ botId }) => botId);
    for (const line of await countBots(context, botIds, (sharing[0] as BotPeriod).period)) {
      lines.set(`${key} ${line.keys[0]}`, line);
    }
  }
  return wanted.map(({ botId, period }) => lines.get(`${periodKey(period)} ${botId}`) ?? NOTHING);
}

async function countBots(context: RequestContext, botIds: readonly string[], period: Period) {
  const transaction = await context.transaction();
  const population = {
    fact: CALLS,
    companyId: transaction.companyId,
    axis: 'STARTED_AT',
    period,
    restrictions: [{ dimension: 'BOT', keys: botIds.filter((id) => id !== '' && !id.includes('\0')) }],
  };
  return new FactQuery({ transaction, population }).breakdown(['BOT'], botIds.length);
}

function periodKey({ from, to }: Period): string {
  return `${from}-${to}`;
}
