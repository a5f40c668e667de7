import { Client } from 'pg';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { DAY, line } from './call-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => service.stop());

const QUERY = `query($period: PeriodInput!) {
  calls(period: $period, first: 1000) {
    nodes {
      bot { name calls(period: $period) { total contacts } }
      operator { name }
      trunk { name callsPerSecondLimit }
    }
  }
  telephonyStats(period: $period) {
    breakdown(by: [BOT, OPERATOR, TRUNK]) { labels counters { contacts } }
    callsPerSecond(granularity: HOUR) { lines { trunk { name } peakSeries averageSeries } }
  }
}`;

/** A company with so many calls, each with a bot, an operator and a trunk of its own, all of which the directory names. */
async function companyWith(count: number): Promise<TestCompany> {
  const company = await service.company();
  const indexes = Array.from({ length: count }, (_, index) => index);
  const named = ['BOT', 'OPERATOR', 'TRUNK'].flatMap((kind) => {
    return indexes.map((index) => ({ kind, id: `${index}`, name: `${kind} ${index}` }));
  });
  await company.ingest('directory', named);
  const lines = indexes.map((index) => {
    return line(`${index}`, {
      botId: `${index}`,
      operatorId: `${index}`,
      trunkId: `${index}`,
      number: `+1212555${index + 1000}`,
    });
  });
  await company.ingest('calls', lines);
  return company;
}

/** Statements that the service sends to its database for an answer, by name, and the answer. */
async function ask(company: TestCompany) {
  const statements = jest.spyOn(Client.prototype, 'query');
  const { data, errors } = await company.graph(QUERY, { period: DAY });
  expect(errors).toBeUndefined();
  const names = statements.mock.calls.map(([statement]) => {
    const text = typeof statement === 'string' ? statement : (statement as unknown as { text: string }).text;
    return /^\/\* (\S+) \*\//.exec(text)?.[1] ?? text.split(/[ ;]/, 1)[0];
  });
  statements.mockRestore();
  return { names: names.toSorted(), data };
}

test('[TEL-06] [TEL-16] [TEL-18] names of bots, operators and trunks take as many statements for one row as for sixty', async () => {
  const [few, many] = [await companyWith(1), await companyWith(60)];
  const [one, sixty] = [await ask(few), await ask(many)];
  expect(sixty.names).toEqual(one.names);
  expect(one.names).toContain('directory.read');
  const [last] = sixty.data.calls.nodes;
  expect([sixty.data.calls.nodes.length, last]).toEqual([
    60,
    {
      bot: { name: 'BOT 9', calls: { total: 1, contacts: 1 } },
      operator: { name: 'OPERATOR 9' },
      trunk: { name: 'TRUNK 9', callsPerSecondLimit: null },
    },
  ]);
  expect(sixty.data.telephonyStats.breakdown).toContainEqual({
    labels: ['BOT 7', 'OPERATOR 7', 'TRUNK 7'],
    counters: { contacts: 1 },
  });
  const { lines } = sixty.data.telephonyStats.callsPerSecond;
  expect([lines.length, lines[0].trunk]).toEqual([60, { name: 'TRUNK 0' }]);
});
