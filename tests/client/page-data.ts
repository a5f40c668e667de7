import type { TestCompany } from '../support/test-service.ts';

/** The period of the pages in tests, and the variables that most charts of a page take. */
export const PERIOD = { dates: { startDate: '2026-03-10', endDate: '2026-03-12' }, timeZone: 'Europe/Moscow' };
export const BY_DAY = { period: PERIOD, granularity: 'DAY' };

/** A notification over two channels, and one that failed. */
export async function sendMessages(company: TestCompany): Promise<void> {
  const line = (id: string, channel: string, more: object) => ({
    id,
    channel,
    status: 'DELIVERED',
    createdAt: '2026-03-10T10:00:00+03:00',
    statusAt: '2026-03-10T10:00:05+03:00',
    ...more,
  });
  await company.ingest('messages', [
    line('a', 'SMS', { price: '0.05', smsParts: 2, notificationId: 'n' }),
    line('b', 'VIBER', { status: 'UNDELIVERED', sentAt: '2026-03-11T09:00:00+03:00', notificationId: 'n' }),
    line('c', 'VIBER', { status: 'ERROR', errorCode: 'E1' }),
  ]);
}

/** Two dialogues on two days: one in the widget that an operator answers, one in Line with a bot. */
export async function sendChats(company: TestCompany): Promise<void> {
  const [first, second] = ['2026-03-10T10:00:00+03:00', '2026-03-11T10:00:00+03:00'];
  await company.ingest('directory', [{ kind: 'OPERATOR', id: 'o', name: 'Anna' }]);
  await company.ingest('dialogues', [
    { id: 'd', chatId: 'site', messenger: 'WEB', startedAt: first, latitude: 42.6, longitude: -5.6 },
    { id: 'e', chatId: 'line', messenger: 'LINE', startedAt: second },
  ]);
  await company.ingest('chat-messages', [
    { id: '1', dialogueId: 'd', author: 'CLIENT', sentAt: first, text: 'Hello' },
    { id: '2', dialogueId: 'd', author: 'OPERATOR', operatorId: 'o', sentAt: second, price: '0.02' },
    { id: '3', dialogueId: 'e', author: 'BOT', sentAt: second, price: '0.01' },
    { id: '4', dialogueId: 'e', author: 'CLIENT', sentAt: second, text: 'Hello' },
  ]);
  await company.ingest('operator-sessions', [{ id: 's', dialogueId: 'd', operatorId: 'o', assignedAt: second }]);
  await company.ingest('operator-states', [
    { operatorId: 'o', state: 'ONLINE', at: first },
    { operatorId: 'o', state: 'PAUSED', at: second },
  ]);
}

/** Calls of a bot on a trunk: two of a day, and one of the last minutes of the test's present, 15 March 2026, 15:00 in Moscow. */
export async function sendCalls(company: TestCompany): Promise<void> {
  await company.ingest('directory', [
    { kind: 'TRUNK', id: 't', name: 'Main', callsPerSecondLimit: 3 },
    { kind: 'BOT', id: 'b', name: 'Survey' },
  ]);
  await company.ingest('calls', [
    call('1', { status: 'ANSWERED', evaluation: 'GOOD', price: '0.1', ...ended(30), wrapUpSeconds: 10 }),
    call('2', { status: 'BUSY' }),
    call('3', { status: 'ANSWERED', ...ended(7, '2026-03-15T11:50:00Z') }),
  ]);
}

const ended = (talkSeconds: number, startedAt = '2026-03-10T09:00:00Z') => {
  const endedAt = new Date(Date.parse(startedAt) + talkSeconds * 1000).toISOString();
  return { startedAt, answeredAt: startedAt, endedAt, statusAt: endedAt };
};

/** A leg of the bot on the trunk, on 10 March 2026. */
function call(id: string, more: object): object {
  const startedAt = '2026-03-10T09:00:00Z';
  const parties = { direction: 'OUTBOUND', trunkId: 't', botId: 'b', number: '+49301234567' };
  return { id, startedAt, statusAt: startedAt, ...parties, ...more };
}
