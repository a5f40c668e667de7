import { startTestService, type TestCompany, type TestService } from '../support/test-service.ts';
import { runOperation } from './documents.ts';
import { BY_DAY, sendChats } from './page-data.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  await sendChats(company);
});
afterAll(() => service.stop());

test('[CHAT-01][CHAT-09] Chat graphs answers the page whole, and cleared it asks for all of this month', async () => {
  const { data } = await runOperation(company, 'ChatGraphs', BY_DAY);
  const byTime = (total: number[]) => ({ lines: [{ keys: [], total }] });
  const hours = 3600;
  const anna = { operator: { id: 'o', name: 'Anna' } };
  const page = {
    dialogues: {
      counters: { total: 2, byRobot: 1, byRobotPercent: 50, byOperator: 1, byOperatorPercent: 50, unhandled: 0 },
      byTime: { lines: [{ total: [1, 1, 0], byRobot: [0, 1, 0], byOperator: [1, 0, 0], unhandled: [0, 0, 0] }] },
    },
    cost: {
      byChat: [
        { keys: ['line'], counters: { price: { amount: '0.01' } } },
        { keys: ['site'], counters: { price: { amount: '0.02' } } },
      ],
      byTime: { lines: [{ price: ['0.00', '0.03', '0.00'] }] },
    },
    ofClients: {
      byMessenger: [{ keys: ['LINE'], counters: { total: 1 } }, { keys: ['WEB'] }],
      byTime: byTime([1, 1, 0]),
      byMessengerAndTime: {
        lines: [
          { keys: ['LINE'], total: [0, 1, 0] },
          { keys: ['WEB'], total: [1, 0, 0] },
        ],
      },
    },
    ofRobots: { byTime: byTime([0, 1, 0]) },
    ofOperators: {
      byOperator: [{ keys: ['o'], labels: ['Anna'], share: 100 }],
      byMessenger: [{ keys: ['WEB'] }],
      byTime: byTime([0, 1, 0]),
    },
    clientPhrases: [],
    robotPhrases: [],
    operators: {
      breakdown: [{ ...anna, dialoguesWithMessages: 1, activeDialogues: 1, skippedDialogues: 0, messages: 1 }],
      byTime: {
        lines: [
          {
            ...anna,
            dialoguesWithMessages: [0, 1, 0],
            activeDialogues: [0, 1, 1],
            onlineSeconds: [14 * hours, 10 * hours, 0],
            pausedSeconds: [0, 14 * hours, 24 * hours],
          },
        ],
      },
    },
    dialoguesByLocation: { cells: [{ geohash: 'ezs42', count: 1 }], unknown: 0 },
  };
  expect(data.chatStats).toMatchObject(page);
  const cleared = await runOperation(company, 'ChatGraphs', { period: { preset: 'THIS_MONTH' }, granularity: 'MONTH' });
  expect(cleared.data.chatStats).toMatchObject({
    period: { from: '2026-03-01T00:00:00.000+03:00' },
    dialogues: { counters: { total: 2 } },
    dialoguesByLocation: page.dialoguesByLocation,
  });
});
