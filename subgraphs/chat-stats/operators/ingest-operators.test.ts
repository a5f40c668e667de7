import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { answer, at, byOperator, dialogue, message, stats } from '../dialogues/chat-questions.test-support.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

/** A line of kind `operator-sessions`: of Anna, from 09:00 UTC to 09:30, but for what is said. */
const session = (id: string, dialogueId: string, fields: Readonly<Record<string, unknown>> = {}) => {
  return { id, dialogueId, operatorId: 'anna', assignedAt: at('09:00'), releasedAt: at('09:30'), ...fields };
};
const state = (operatorId: string, name: string, time: string) => ({ operatorId, state: name, at: at(time) });

const MEASURES = 'dialoguesWithMessages activeDialogues skippedDialogues messages onlineSeconds pausedSeconds';
const NOTHING = {
  dialoguesWithMessages: 0,
  activeDialogues: 0,
  skippedDialogues: 0,
  messages: 0,
  onlineSeconds: 0,
  pausedSeconds: 0,
};

async function breakdown() {
  const { operators } = await stats(company, `operators { breakdown { operator { id } ${MEASURES} } }`);
  return Object.fromEntries(
    operators.breakdown.map(({ operator, ...measures }: { operator: { id: string } }) => [operator.id, measures]),
  );
}

test('[CHAT-47] [CHAT-48] an assignment whose dialogue is unknown waits, and counts from the moment that the dialogue arrives', async () => {
  await company.ingest('chat-messages', [message('m', 'd')]);
  expect(await company.ingest('operator-sessions', [session('s', 'd'), session('s', 'd')])).toEqual(
    answer({ received: 2, waiting: 1, unchanged: 1 }),
  );
  expect(await breakdown()).toEqual({});
  await company.ingest('dialogues', [dialogue('d')]);
  expect(await breakdown()).toEqual({ anna: { ...NOTHING, activeDialogues: 1, skippedDialogues: 1 } });
  expect(await company.ingest('operator-sessions', [session('s', 'd')])).toEqual(answer({ received: 1, unchanged: 1 }));
});

test('[CHAT-48] what becomes known later decides anew whether a dialogue was skipped, and what the sender says stands', async () => {
  await company.ingest('dialogues', [dialogue('d')]);
  await company.ingest('operator-sessions', [session('s', 'd', { releasedAt: null })]);
  const skipped = async () => (await breakdown())['anna']?.skippedDialogues;
  expect(await skipped()).toBe(0);
  await company.ingest('chat-messages', [message('m', 'd', { sentAt: at('09:10') })]);
  expect(await skipped()).toBe(0);
  await company.ingest('dialogues', [dialogue('d', { closedAt: at('09:10') })]);
  expect(await skipped()).toBe(0);
  await company.ingest('dialogues', [dialogue('d', { closedAt: at('09:20') })]);
  expect(await skipped()).toBe(1);
  await company.ingest('chat-messages', [byOperator('o', 'd', 'anna', { sentAt: at('09:20') })]);
  expect(await skipped()).toBe(1);
  await company.ingest('chat-messages', [byOperator('p', 'd', 'anna', { sentAt: at('09:19') })]);
  expect(await skipped()).toBe(0);
  await company.ingest('chat-messages', [{ id: 'p', deleted: true }]);
  expect(await skipped()).toBe(1);
  expect(await company.ingest('operator-sessions', [session('s', 'd', { skipped: false })])).toEqual(
    answer({ received: 1, updated: 1 }),
  );
  expect(await skipped()).toBe(0);
});

test('[CHAT-47] a deleted dialogue takes its assignments with it, those that come later too; so goes a deleted assignment', async () => {
  await company.ingest('dialogues', [dialogue('d'), dialogue('kept')]);
  await company.ingest('operator-sessions', [session('1', 'd'), session('2', 'kept'), session('3', 'never')]);
  expect(
    await company.ingest(
      'dialogues',
      ['d', 'never'].map((id) => ({ id, deleted: true })),
    ),
  ).toEqual(answer({ received: 2, updated: 1, inserted: 1 }));
  const late = [session('1', 'd'), session('3', 'never'), session('4', 'd')];
  expect(await company.ingest('operator-sessions', late)).toEqual(answer({ received: 3, unchanged: 3 }));
  expect(await breakdown()).toEqual({ anna: { ...NOTHING, activeDialogues: 1 } });
  const gone = ['2', '5'].map((id) => ({ id, deleted: true }));
  expect(await company.ingest('operator-sessions', gone)).toEqual(answer({ received: 2, updated: 1, inserted: 1 }));
  expect(await company.ingest('operator-sessions', [session('2', 'kept'), session('5', 'kept')])).toEqual(
    answer({ received: 2, unchanged: 2 }),
  );
  expect(await breakdown()).toEqual({});
  expect((await company.graph('{ operators { nodes { id } } }')).data.operators.nodes).toEqual([]);
});

test('an assignment is never contradicted; of several releases the latest stands', async () => {
  await company.ingest('dialogues', [dialogue('d'), dialogue('other')]);
  await company.ingest('operator-sessions', [session('s', 'd', { skipped: true })]);
  const others = { dialogueId: 'other', operatorId: 'boris', assignedAt: at('08:00'), skipped: false };
  const lines = Object.entries(others).map(([field, value]) => ({ ...session('s', 'd'), [field]: value }));
  const { errors, rejected } = await company.ingest('operator-sessions', lines);
  expect([rejected, errors.map(({ code, field }) => `${code} ${field}`)]).toEqual([
    4,
    Object.keys(others).map((field) => `IMMUTABLE_FIELD ${field}`),
  ]);
  expect(
    await company.ingest(
      'operator-sessions',
      ['09:15', '09:45'].map((time) => session('s', 'd', { releasedAt: at(time) })),
    ),
  ).toEqual(answer({ received: 2, unchanged: 1, updated: 1 }));
});

test('[CHAT-50] [CHAT-51] a state lasts until the next one, whichever is told first, and one that is taken back never was', async () => {
  const told = [state('anna', 'OFFLINE', '17:00'), state('anna', 'ONLINE', '09:00'), state('anna', 'PAUSED', '12:00')];
  expect(await company.ingest('operator-states', told)).toEqual(answer({ received: 3, inserted: 3 }));
  const anna = async () => (await breakdown())['anna'];
  expect(await anna()).toEqual({ ...NOTHING, onlineSeconds: 3 * 3600, pausedSeconds: 5 * 3600 });
  expect(await company.ingest('operator-states', told)).toEqual(answer({ received: 3, unchanged: 3 }));
  const back = { operatorId: 'anna', at: at('12:00'), deleted: true };
  expect(await company.ingest('operator-states', [back, back])).toEqual(
    answer({ received: 2, updated: 1, unchanged: 1 }),
  );
  expect(await anna()).toEqual({ ...NOTHING, onlineSeconds: 8 * 3600 });
  expect(await company.ingest('operator-states', [state('anna', 'PAUSED', '12:00')])).toEqual(
    answer({ received: 1, unchanged: 1 }),
  );
  expect(await anna()).toEqual({ ...NOTHING, onlineSeconds: 8 * 3600 });
});

test('the same operator and time with another state is refused, and so are lines without their fields', async () => {
  await company.ingest('operator-states', [state('anna', 'ONLINE', '09:00')]);
  const { errors } = await company.ingest('operator-states', [
    { ...state('anna', 'PAUSED', '09:00'), at: '2026-03-10T12:00:00.0009+03:00' },
    state('anna', 'AWAY', '10:00'),
    { operatorId: 'anna', state: 'ONLINE' },
    { state: 'ONLINE', at: at('10:00') },
  ]);
  expect(errors).toEqual([
    {
      line: 1,
      code: 'IMMUTABLE_FIELD',
      field: 'state',
      message:
        'state is known to be "ONLINE" and never changes, but this line says "PAUSED"; send the known value, or use another id for another event.',
    },
    {
      line: 2,
      code: 'INVALID_FIELD',
      field: 'state',
      message: 'state "AWAY" is not known; send ONLINE, PAUSED or OFFLINE.',
    },
    {
      line: 3,
      code: 'MISSING_FIELD',
      field: 'at',
      message: 'at is missing; send an RFC 3339 time with an offset, such as 2026-03-01T12:00:00Z.',
    },
    {
      line: 4,
      code: 'MISSING_FIELD',
      field: 'operatorId',
      message: 'operatorId is missing; send a string of 1 to 64 characters.',
    },
  ]);
});
