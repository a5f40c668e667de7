import type { TestCompany } from '../../../tests/support/test-service.ts';
import type { ReferenceLeg } from './call.reference.ts';
import type { Question } from './call-figures.reference.ts';

/** The company of a test and the ways in which tests ask it about calls. */

/** 10 March 2026 in Moscow, the day on which most calls of the tests are. */
export const DAY = { dates: { startDate: '2026-03-10', endDate: '2026-03-10' } };

/** 10 March 2026 at this time of UTC (three hours less than in Moscow), with milliseconds if wanted. */
export const at = (time: string) => new Date(`2026-03-10T${time}${time.length === 5 ? ':00' : ''}Z`).toISOString();

/** A line of kind `calls`: an outbound call at 09:00 UTC on that day that nobody answered, but for what is said. */
export function line(id: string, fields: Readonly<Record<string, unknown>> = {}) {
  return { id, direction: 'OUTBOUND', status: 'NO_ANSWER', startedAt: at('09:00'), statusAt: at('09:00'), ...fields };
}

/** A call that was answered at 09:00 UTC and talked for so many seconds. */
export function answered(id: string, talkSeconds: number, fields: Readonly<Record<string, unknown>> = {}) {
  const endedAt = new Date(Date.parse(at('09:00')) + talkSeconds * 1000).toISOString();
  return line(id, { status: 'ANSWERED', answeredAt: at('09:00'), endedAt, statusAt: endedAt, ...fields });
}

/** Every counter, as a selection. */
export const COUNTERS = `counters {
  total answered contacts contactsReached talkSeconds holdSeconds wrapUpSeconds averageHandlingSeconds
  answerSeizureRatio averageCallSeconds networkEffectivenessRatio price { amount currency }
}`;

/** Counters of nothing. */
export const NO_COUNTERS = {
  total: 0,
  answered: 0,
  contacts: 0,
  contactsReached: 0,
  talkSeconds: 0,
  holdSeconds: 0,
  wrapUpSeconds: 0,
  averageHandlingSeconds: null,
  answerSeizureRatio: null,
  averageCallSeconds: null,
  networkEffectivenessRatio: null,
  price: { amount: '0.00', currency: 'EUR' },
};

export interface Asked {
  period?: object;
  filter?: object | null;
}

/** What telephonyStats says; fails the test where it answers with errors. */
export async function stats(company: TestCompany, selection: string, asked: Asked = {}) {
  const { data, errors } = await askStats(company, selection, asked);
  expect(errors).toBeUndefined();
  return data.telephonyStats;
}

/** The errors of telephonyStats, which must be null. */
export async function refusals(company: TestCompany, selection: string, asked: Asked = {}) {
  const { data, errors } = await askStats(company, selection, asked);
  expect(data?.telephonyStats ?? null).toBeNull();
  return (errors ?? []).map(({ message, extensions: { code, field } }) => ({ code, field, message }));
}

function askStats(company: TestCompany, selection: string, { period = DAY, filter }: Asked) {
  const query = `query($period: PeriodInput!, $filter: CallFilter) {
    telephonyStats(period: $period, filter: $filter) { ${selection} }
  }`;
  return company.graph(query, { period, filter });
}

/** Lines of a breakdown as [keys, total], largest first. */
export async function totalsBy(company: TestCompany, argument: string, asked: Asked = {}): Promise<[string, number][]> {
  const { breakdown } = await stats(company, `breakdown(${argument}) { keys counters { total } }`, asked);
  return breakdown.map((row: { keys: string[]; counters: { total: number } }) => [row.keys.join(), row.counters.total]);
}

/** Everything that the list shows of a call. */
export const CALL = `id direction status startedAt answeredAt endedAt talkSeconds
  trunk { id name callsPerSecondLimit } bot { id } operator { id } evaluation cause price { amount currency }`;

/** The calls of 10 March 2026 of UTC as the list shows them, times in UTC. */
export async function listed(company: TestCompany, fields = CALL) {
  const period = { dates: { startDate: '2026-03-10', endDate: '2026-03-10' }, timeZone: 'UTC' };
  const query = `query($period: PeriodInput!) { calls(period: $period) { nodes { ${fields} } } }`;
  const { data, errors } = await company.graph(query, { period });
  expect(errors).toBeUndefined();
  return data.calls.nodes;
}

/** A time of the test's day as the list shows it. */
export const shown = (time: string) => at(time).replace('Z', '+00:00');

/** The last commit that figures include, in the company's zone. */
export async function readAsOf(company: TestCompany): Promise<string | null> {
  const { period } = await stats(company, 'period { asOf }');
  return period.asOf;
}

/** The question with those ids alone that an event names, as others are refused. */
export function withKnownIds<Asking extends Pick<Question, 'filter'>>(
  question: Asking,
  legs: readonly ReferenceLeg[],
): Asking {
  const known = (ids: string[] | null | undefined, field: 'trunkId' | 'botId' | 'operatorId') =>
    ids?.filter((id) => legs.some((leg) => leg[field] === id));
  const { trunkIds, botIds, operatorIds } = question.filter;
  const filter = {
    trunkIds: known(trunkIds, 'trunkId'),
    botIds: known(botIds, 'botId'),
    operatorIds: known(operatorIds, 'operatorId'),
  };
  return { ...question, filter: { ...question.filter, ...filter } };
}
