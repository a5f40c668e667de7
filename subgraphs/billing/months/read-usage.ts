import type { CompanyId } from '#platform/database';
import type { ServiceName } from '#platform/graphql';
import type { GraphClient } from '#platform/jobs';
import { formatInstant } from '#platform/time';
import type { UsageSnapshot } from '../invoices/invoice-snapshot.ts';

interface UsageLineAnswer {
  service: ServiceName;
  unit: string;
  quantity: string;
  amount: { amount: string };
  unpriced: number;
}

interface UsageAnswer {
  messaging: UsageLineAnswer[];
  chats: UsageLineAnswer[];
  telephony: UsageLineAnswer[];
}

/** [from, to), epoch milliseconds. */
interface Span {
  from: number;
  to: number;
}

const FIELDS = { messaging: 'messagingUsage', chats: 'chatUsage', telephony: 'telephonyUsage' } as const;
const LINE = 'service unit quantity amount { amount } unpriced';

/**
 * What a company used in some periods, in their order, as the graph says now; lines in the order of the services. Throws
 * ServiceError where any part of it cannot be answered.
 */
export async function readUsage(
  graph: GraphClient,
  companyId: CompanyId,
  spans: readonly Span[],
  signal?: AbortSignal,
): Promise<UsageSnapshot[][]> {
  const usages: UsageSnapshot[][] = [];
  // One after another: a question of many months would be dearer than the gateway lets through.
  for (const { from, to } of spans) {
    const range = { from: formatInstant(from, 'UTC'), to: formatInstant(to, 'UTC') };
    const { company } = await graph.query<{ company: UsageAnswer }>(
      { companyId, scopes: ['stats:read'] },
      QUERY,
      { period: { range } },
      signal,
    );
    usages.push([...company.messaging, ...company.chats, ...company.telephony].map(toSnapshot));
  }
  return usages;
}

const QUERY = `query BilledUsage($period: PeriodInput!) { company {
  ${Object.entries(FIELDS)
    .map(([name, field]) => `${name}: ${field}(period: $period) { ${LINE} }`)
    .join('\n  ')}
} }`;

function toSnapshot({ service, unit, quantity, amount, unpriced }: UsageLineAnswer): UsageSnapshot {
  return { service, unit, quantity, amountMicros: String(toMicros(amount.amount)), unpriced };
}

/** Sums of prices may be greater than any price. */
function toMicros(text: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new Error(`${JSON.stringify(text)} is no sum of prices`);
  return BigInt(match[1] + (match[2] ?? '').padEnd(6, '0'));
}
