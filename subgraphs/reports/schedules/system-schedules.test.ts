import { startTestService, TEST_NOW, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { lastingCompany } from '../reports/report.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.clock.set(TEST_NOW);
  company = await lastingCompany(service);
  await service.lookForDue();
});

const SERVICES = ['SMS', 'VIBER', 'EMAIL', 'WHATSAPP', 'PUSH', 'CHATS', 'CALLS'];

async function schedules() {
  const { data } = await company.graph('{ reportSchedules { id service type frequency origin nextRunAt } }');
  return data.reportSchedules;
}

async function reports() {
  const { data } = await company.graph('{ reports { nodes { name service type origin period { from } } } }');
  return data.reports.nodes;
}

test('[REP-02] every company has a monthly summary of each service from the system, without asking for it', async () => {
  const monthly = {
    type: 'SUMMARY',
    frequency: 'MONTHLY',
    origin: 'SYSTEM',
    nextRunAt: '2026-04-01T06:00:00.000+03:00',
  };
  expect(await schedules()).toEqual(SERVICES.map((name) => ({ id: expect.any(String), service: name, ...monthly })));
  service.clock.set(Date.parse('2026-04-01T06:00:00+03:00'));
  await service.lookForDue();
  await service.lookForDue();
  const made = (await reports()) as { service: string; name: string }[];
  expect(made.map((report) => report.service).toSorted()).toEqual(SERVICES.toSorted());
  expect(made.find((report) => report.service === 'WHATSAPP')).toEqual({
    name: 'WhatsApp summary 2026-03-01 – 2026-03-31',
    ...{ service: 'WHATSAPP', type: 'SUMMARY', origin: 'SYSTEM' },
    period: { from: '2026-03-01T00:00:00.000+03:00' },
  });
});

test('[REP-02] one that was stopped does not come back', async () => {
  const [sms] = await schedules();
  await company.graph('mutation Stop($id: ID!) { unscheduleReport(id: $id) { unscheduledId } }', { id: sms.id });
  service.clock.set(Date.parse('2026-04-01T06:00:00+03:00'));
  await service.lookForDue();
  const services = SERVICES.filter((name) => name !== 'SMS');
  expect((await schedules()).map((schedule: { service: string }) => schedule.service)).toEqual(services);
  expect((await reports()).map((report: { service: string }) => report.service).toSorted()).toEqual(
    services.toSorted(),
  );
});
