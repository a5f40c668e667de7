import type { TestCompany } from '../../../tests/support/test-service.ts';

/** How tests speak about messages: the lines that they send and the questions that they ask. */

/** 10 March 2026 in Moscow, the day on which most messages of the tests are. */
export const DAY = { dates: { startDate: '2026-03-10', endDate: '2026-03-10' } };

/** 10 March 2026 at this time of UTC (three hours less than in Moscow), with milliseconds if wanted. */
export const at = (time: string) => new Date(`2026-03-10T${time}${time.length === 5 ? ':00' : ''}Z`).toISOString();

/** A line of kind `messages`: an SMS that was delivered at 09:00 UTC on that day, but for what is said. */
export function line(id: string, fields: Readonly<Record<string, unknown>> = {}) {
  return { id, channel: 'SMS', status: 'DELIVERED', createdAt: at('09:00'), statusAt: at('09:00'), ...fields };
}

/** Every counter, as a selection. */
export const COUNTERS =
  'counters { total notifications sent delivered smsParts price { amount currency } unpriced deliveryRate }';

/** Counters of nothing. */
export const NO_COUNTERS = {
  total: 0,
  notifications: 0,
  sent: 0,
  delivered: 0,
  smsParts: 0,
  price: { amount: '0.00', currency: 'EUR' },
  unpriced: 0,
  deliveryRate: null,
};

export const BY_SENDING = { timeAxis: 'SENT_AT' };

export interface Asked {
  period?: object;
  filter?: object | null;
}

/** What messagingStats says; fails the test where it answers with errors. */
export async function stats(company: TestCompany, selection: string, asked: Asked = {}) {
  const { data, errors } = await askStats(company, selection, asked);
  expect(errors).toBeUndefined();
  return data.messagingStats;
}

/** The errors of messagingStats, which must be null. */
export async function refusals(company: TestCompany, selection: string, asked: Asked = {}) {
  const { data, errors } = await askStats(company, selection, asked);
  expect(data?.messagingStats ?? null).toBeNull();
  return (errors ?? []).map(({ message, extensions: { code, field } }) => ({ code, field, message }));
}

function askStats(company: TestCompany, selection: string, { period = DAY, filter }: Asked) {
  const query = `query($period: PeriodInput!, $filter: MessageFilter) {
    messagingStats(period: $period, filter: $filter) { ${selection} }
  }`;
  return company.graph(query, { period, filter });
}

/** Everything that the list shows of a message. */
export const MESSAGE =
  'id channel status createdAt sentAt statusAt smsParts price { amount currency } errorCode notificationId';

/** The messages of 10 March 2026 of UTC as the list shows them, times in UTC. */
export async function listed(company: TestCompany, fields = MESSAGE) {
  const period = { dates: { startDate: '2026-03-10', endDate: '2026-03-10' }, timeZone: 'UTC' };
  const query = `query($period: PeriodInput!) { messages(period: $period) { nodes { ${fields} } } }`;
  const { data, errors } = await company.graph(query, { period });
  expect(errors).toBeUndefined();
  return data.messages.nodes;
}

/** The last commit that figures include, in the company's zone. */
export async function readAsOf(company: TestCompany): Promise<string | null> {
  const { period } = await stats(company, 'period { asOf }');
  return period.asOf;
}

/** Everything that a population has to tell, and its list: what `answerOf` of the reference computes. */
export const FIGURES = `
  query Figures(
    $period: PeriodInput!, $filter: MessageFilter, $by: [MessageDimension!]!, $seriesBy: [MessageDimension!],
    $granularity: Granularity!, $first: Int, $page: Int
  ) {
    messagingStats(period: $period, filter: $filter) {
      period { from to timeZone }
      currency
      ${COUNTERS}
      breakdown(by: $by, first: $first) { keys labels share ${COUNTERS} }
      series(granularity: $granularity, by: $seriesBy, first: $first) {
        buckets { start end partial }
        omittedLines
        lines { keys labels total notifications sent delivered smsParts price unpriced deliveryRate share }
      }
      previous { period { from to } ${COUNTERS} }
    }
    messages(period: $period, filter: $filter, first: $page) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage }
      nodes { ${MESSAGE} fallbackChannel }
    }
  }`;
