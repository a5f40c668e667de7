import { startTestService, type TestCompany, type TestService } from '../tests/support/test-service.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService({ GRAFANA_URL: 'https://grafana.example/stats/' });
  company = await service.company({ timeZone: 'Europe/Moscow' });
});
afterAll(() => service.stop());

const FROM = String(Date.parse('2026-03-09T21:00:00Z'));
const TO = String(Date.parse('2026-03-11T21:00:00Z'));
const PERIOD = 'period: { dates: { startDate: "2026-03-10", endDate: "2026-03-11" } }';

test.each<[string, string, string, string, string[][]]>([
  [
    '[NOT-16]',
    'messagingStats',
    '{ channels: [SMS, VIBER], statuses: [ERROR], errorCodes: ["a&b=c", "я"], shortStatuses: null }',
    'statistics-notifications',
    [
      ['var-channels', 'SMS'],
      ['var-channels', 'VIBER'],
      ['var-statuses', 'ERROR'],
      ['var-errorCodes', 'a&b=c'],
      ['var-errorCodes', 'я'],
    ],
  ],
  [
    '[CHAT-10]',
    'chatStats',
    '{ messengers: [WEB], hasCustomerMessages: false, chatIds: [] }',
    'statistics-chats',
    [
      ['var-messengers', 'WEB'],
      ['var-hasCustomerMessages', 'false'],
    ],
  ],
  [
    '[TEL-05]',
    'telephonyStats',
    '{ directions: [INBOUND], talkSecondsFrom: 0 }',
    'statistics-telephony',
    [
      ['var-directions', 'INBOUND'],
      ['var-talkSecondsFrom', '0'],
    ],
  ],
])('[GEN-08] %s %s leads to Grafana with its period and filter', async (_, field, filter, dashboard, variables) => {
  const query = `{ ${field}(${PERIOD}, filter: ${filter}) { grafana { url } previous { grafana { url } } } }`;
  const { data, errors } = await company.graph(query);
  expect(errors).toBeUndefined();
  const { grafana, previous } = data[field];
  expect(partsOf(grafana.url)).toEqual([
    `https://grafana.example/stats/d/${dashboard}`,
    [['from', FROM], ['to', TO], ['timezone', 'Europe/Moscow'], ...variables],
  ]);
  const [, [from, to]] = partsOf(previous.grafana.url) as [string, string[][]];
  expect([from, to]).toEqual([
    ['from', String(Date.parse('2026-03-07T21:00:00Z'))],
    ['to', FROM],
  ]);
});

function partsOf(link: string): [string, string[][]] {
  const url = new URL(link);
  return [url.origin + url.pathname, [...url.searchParams].map(([name, value]) => [name, value])];
}

test('[GEN-08] without a Grafana there is no link', async () => {
  const plain = await startTestService();
  try {
    const fields = ['messagingStats', 'chatStats', 'telephonyStats'];
    const query = `{ ${fields.map((field) => `${field}(${PERIOD}) { grafana { url } }`).join(' ')} }`;
    const { data } = await (await plain.company()).graph(query);
    expect(data).toEqual(Object.fromEntries(fields.map((field) => [field, { grafana: null }])));
  } finally {
    await plain.stop();
  }
});
