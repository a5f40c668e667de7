import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { at, DAY, line, listed } from './message-questions.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const attempt = (id: string, channel: string, status: string, time: string, notificationId?: string) =>
  line(id, { channel, status, createdAt: at(time), notificationId });
/** Channel after each id. */
const asMap = (nodes: { id: string; fallbackChannel: string | null }[]) =>
  Object.fromEntries(nodes.map(({ id, fallbackChannel }) => [id, fallbackChannel]));

test('[NOT-13] names the channel of the next attempt of a cascade where an attempt was omitted or failed', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    attempt('1', 'PUSH', 'OMITTED_OPTIONAL', '09:00', 'n'),
    attempt('2', 'VIBER', 'ERROR', '09:01', 'n'),
    attempt('3', 'WHATSAPP', 'UNDELIVERED', '09:02', 'n'),
    attempt('4', 'SMS', 'ERROR', '09:03', 'n'),
    attempt('alone', 'PUSH', 'OMITTED_OPTIONAL', '09:00'),
  ]);
  expect(asMap(await listed(company, 'id fallbackChannel'))).toEqual({
    1: 'VIBER',
    2: 'WHATSAPP',
    3: 'SMS',
    4: null,
    alone: null,
  });
});

test('[NOT-13] an attempt that did not fail has none, although the cascade has further ones', async () => {
  const company = await service.company();
  const statuses = ['CREATED', 'PENDING', 'DELIVERED', 'CANCELED', 'DELAYED', 'CREATED_OPTIONAL'];
  await company.ingest('messages', [
    ...statuses.map((status) => attempt(status, 'PUSH', status, '09:00', 'n')),
    attempt('last', 'SMS', 'DELIVERED', '09:01', 'n'),
  ]);
  const none = Object.fromEntries([...statuses, 'last'].map((id) => [id, null]));
  expect(asMap(await listed(company, 'id fallbackChannel'))).toEqual(none);
});

test('[NOT-13] attempts follow one another by creation, then by id', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    attempt('a', 'PUSH', 'ERROR', '09:00', 'n'),
    attempt('\uffee', 'VIBER', 'ERROR', '09:00', 'n'),
    attempt('😀', 'WHATSAPP', 'ERROR', '09:00', 'n'),
    attempt('Z', 'EMAIL', 'ERROR', '09:00', 'n'),
    attempt('0', 'SMS', 'DELIVERED', '09:01', 'n'),
  ]);
  expect(asMap(await listed(company, 'id fallbackChannel'))).toEqual({
    Z: 'PUSH',
    a: 'VIBER',
    '\uffee': 'WHATSAPP',
    '😀': 'SMS',
    0: null,
  });
});

test('[NOT-13] [NOT-19] the first attempt of a cascade may be the one that it is named after', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    attempt('root', 'PUSH', 'ERROR', '09:00'),
    attempt('x', 'SMS', 'DELIVERED', '09:01', 'root'),
    // Created before the message that it is named after.
    attempt('early', 'VIBER', 'ERROR', '08:00', 'later root'),
    attempt('later root', 'EMAIL', 'ERROR', '09:00'),
    attempt('z', 'WHATSAPP', 'DELIVERED', '10:00', 'later root'),
    // Names itself.
    attempt('self', 'PUSH', 'ERROR', '09:00', 'self'),
    attempt('y', 'SMS', 'DELIVERED', '09:01', 'self'),
  ]);
  expect(asMap(await listed(company, 'id fallbackChannel'))).toEqual({
    root: 'SMS',
    x: null,
    early: 'EMAIL',
    'later root': 'WHATSAPP',
    z: null,
    self: 'SMS',
    y: null,
  });
});

test('[NOT-13] [GEN-09] the next attempt may lie outside of period and filter, but never in another company', async () => {
  const [company, other] = [await service.company(), await service.company()];
  await company.ingest('messages', [
    line('a', { channel: 'PUSH', status: 'ERROR', notificationId: 'n' }),
    line('b', { channel: 'SMS', createdAt: '2026-03-12T09:00:00Z', notificationId: 'n' }),
    line('c', { channel: 'PUSH', status: 'ERROR', notificationId: 'm' }),
    line('d', { channel: 'PUSH', status: 'ERROR' }),
  ]);
  await other.ingest('messages', [
    line('x', { channel: 'EMAIL', createdAt: at('10:00'), notificationId: 'm' }),
    line('y', { channel: 'EMAIL', createdAt: at('10:00'), notificationId: 'd' }),
  ]);
  const { data } = await company.graph(
    'query($period: PeriodInput!) { messages(period: $period, filter: { channels: [PUSH] }) { nodes { id fallbackChannel } } }',
    { period: DAY },
  );
  expect(asMap(data.messages.nodes)).toEqual({ a: 'SMS', c: null, d: null });
});

test('[NOT-13] a cascade that is named late, and one that goes on late, change what is shown', async () => {
  const company = await service.company();
  await company.ingest('messages', [
    attempt('a', 'PUSH', 'ERROR', '09:00'),
    attempt('b', 'SMS', 'DELIVERED', '09:02', 'n'),
  ]);
  const shown = async () => asMap(await listed(company, 'id fallbackChannel'))['a'];
  expect(await shown()).toBeNull();
  await company.ingest('messages', [attempt('a', 'PUSH', 'ERROR', '09:00', 'n')]);
  expect(await shown()).toBe('SMS');
  await company.ingest('messages', [attempt('c', 'VIBER', 'ERROR', '09:01', 'n')]);
  expect(await shown()).toBe('VIBER');
  await company.ingest('messages', [line('a', { channel: 'PUSH', createdAt: at('09:00'), statusAt: at('09:30') })]);
  expect(await shown()).toBeNull();
});
