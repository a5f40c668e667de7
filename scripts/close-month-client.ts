import { GraphRequestError, type GraphTarget, requestGraph } from './graphql-client.ts';

/** What became of putting a month into the queue. */
export interface QueuedMonth {
  queued: number;
  invoiced: number;
  notOver: number;
}

const STATUSES = ['CLOSING', 'INVOICED', 'BLOCKED_DETAILS', 'NO_USAGE', 'FAILED'] as const;

/** How many companies stand how. */
export type MonthStatuses = Record<(typeof STATUSES)[number], number>;

const CLOSE = `mutation CloseMonth($input: CloseMonthInput!) {
  closeMonth(input: $input) { queued invoiced notOver afterCompanyId userErrors { message } }
}`;

interface Closed {
  closeMonth: QueuedMonth & { afterCompanyId: string | null; userErrors: { message: string }[] };
}

/**
 * Puts the closing of a month (YYYY-MM-01) into the queue, of one company or of all. Throws GraphRequestError saying why it was
 * refused.
 */
export async function queueMonth(gateway: GraphTarget, month: string, companyId?: string): Promise<QueuedMonth> {
  const total = { queued: 0, invoiced: 0, notOver: 0 };
  let afterCompanyId: string | null = null;
  do {
    const input: Record<string, unknown> = { month, companyId, afterCompanyId };
    const { closeMonth }: Closed = await requestGraph<Closed>(gateway, CLOSE, { input });
    if (closeMonth.userErrors.length > 0)
      throw new GraphRequestError(closeMonth.userErrors.map(({ message }) => message).join(' '));
    for (const key of ['queued', 'invoiced', 'notOver'] as const) total[key] += closeMonth[key];
    afterCompanyId = closeMonth.afterCompanyId;
  } while (afterCompanyId !== null);
  return total;
}

const COUNTS = `query MonthStatuses($month: LocalDate!) {
  ${STATUSES.map((status) => `${status}: monthCloses(month: $month, statuses: [${status}], first: 1) { totalCount }`).join('\n  ')}
}`;

/** How the closing of a month stands over all companies. */
export async function readStatuses(gateway: GraphTarget, month: string): Promise<MonthStatuses> {
  const counts = await requestGraph<Record<string, { totalCount: number }>>(gateway, COUNTS, { month });
  return Object.fromEntries(STATUSES.map((status) => [status, counts[status]?.totalCount ?? 0])) as MonthStatuses;
}

/** A month that was not invoiced although something was used. */
export interface UnsettledMonth {
  company: { id: string };
  status: 'BLOCKED_DETAILS' | 'FAILED';
  missingFields: string[];
}

const UNSETTLED = `query UnsettledMonths($month: LocalDate!) {
  monthCloses(month: $month, statuses: [BLOCKED_DETAILS, FAILED], first: 1000) {
    nodes { company { id } status missingFields }
  }
}`;

/** The companies that wait for details or failed, by number descending; the first thousand. */
export async function readUnsettled(gateway: GraphTarget, month: string): Promise<UnsettledMonth[]> {
  const { monthCloses } = await requestGraph<{ monthCloses: { nodes: UnsettledMonth[] } }>(gateway, UNSETTLED, {
    month,
  });
  return monthCloses.nodes;
}
