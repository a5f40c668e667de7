import fc from 'fast-check';
import { toRequests } from '../dialogues/story-requests.test-support.ts';

/** What truly happened around operators. Instants are epoch milliseconds. */
export interface OperatorStory {
  dialogues: { id: string; messenger: string; startedAt: number; closedAt?: number | undefined }[];
  messages: { id: string; dialogueId: string; author: string; operatorId?: string | undefined; sentAt: number }[];
  sessions: TrueSession[];
  states: { operatorId: string; state: string; at: number }[];
  gone: { dialogues: string[]; messages: string[]; sessions: string[]; states: number[] };
  requests: { kind: Kind; lines: object[] }[];
}

export interface TrueSession {
  id: string;
  dialogueId: string;
  operatorId: string;
  assignedAt: number;
  releasedAt?: number | undefined;
  skipped?: boolean | undefined;
}

export interface OperatorQuestion {
  from: number;
  to: number;
  /** Of the company, in whose days sums are kept, or of somewhere else. */
  timeZone: string;
  granularity: 'HOUR' | 'DAY';
  filter: {
    operatorIds?: string[] | undefined;
    groupIds?: string[] | undefined;
    messengers?: string[] | undefined;
    hasCustomerMessages?: boolean | undefined;
    handledBy?: string[] | undefined;
  };
}

type Kind = 'dialogues' | 'chat-messages' | 'operator-sessions' | 'operator-states';

/** Who is in which group of the directory, before everything else. */
export const GROUPS_OF: Readonly<Record<string, readonly string[]>> = { o0: ['g0'], o1: ['g0', 'g1'], o2: ['g1'] };
const OPERATOR_IDS = Object.keys(GROUPS_OF);

/** Around the moment of the tests (15 March, 12:00), so that the last commit lies within, and over edges of days. */
const START = Date.UTC(2026, 2, 13, 18);
const END = Date.UTC(2026, 2, 16, 10);
const instant = fc
  .tuple(fc.integer({ min: 0, max: (END - START) / 1_800_000 }), fc.constantFrom(0, 0, 1, 499, 61_500))
  .map(([halfHours, ms]) => START + halfHours * 1_800_000 + ms);
const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const [DIALOGUES, MESSAGES, SESSIONS] = [ids('d', 4), ids('m', 10), ids('s', 8)];
const operator = fc.constantFrom(...OPERATOR_IDS);
const ofDialogue = fc.constantFrom(...DIALOGUES, 'never');

const anyTruth = fc.record({
  dialogues: fc.tuple(
    ...DIALOGUES.map((id) =>
      fc.record({
        id: fc.constant(id),
        messenger: fc.constantFrom('WEB', 'LINE'),
        startedAt: instant,
        closedAt: option(instant),
      }),
    ),
  ),
  messages: fc.tuple(
    ...MESSAGES.map((id) =>
      fc
        .record({
          id: fc.constant(id),
          dialogueId: ofDialogue,
          author: fc.constantFrom('CLIENT', 'CLIENT', 'BOT', 'OPERATOR', 'OPERATOR', 'OPERATOR'),
          operatorId: operator,
          sentAt: instant,
        })
        .map(({ operatorId, ...rest }) => (rest.author === 'OPERATOR' ? { ...rest, operatorId } : rest)),
    ),
  ),
  sessions: fc.tuple(
    ...SESSIONS.map((id) =>
      fc.record({
        id: fc.constant(id),
        dialogueId: ofDialogue,
        operatorId: operator,
        assignedAt: instant,
        releasedAt: option(instant),
        skipped: fc.option(fc.boolean(), { nil: undefined, freq: 1 }),
      }),
    ),
  ),
  states: fc.uniqueArray(
    fc.record({ operatorId: operator, state: fc.constantFrom('ONLINE', 'PAUSED', 'OFFLINE'), at: instant }),
    { maxLength: 12, selector: ({ operatorId, at }) => `${operatorId} ${at}` },
  ),
  gone: fc.record({
    dialogues: fc.subarray(DIALOGUES, { maxLength: 1 }),
    messages: fc.subarray(MESSAGES, { maxLength: 2 }),
    sessions: fc.subarray(SESSIONS, { maxLength: 1 }),
    states: fc.uniqueArray(fc.nat(11), { maxLength: 2 }),
  }),
});

type Truth = Omit<OperatorStory, 'requests'>;

const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
const earlier = (at: number | undefined) => (at === undefined ? undefined : at - 600_000);

/** One request a line: everything whole, some without its end before, or with an earlier one. */
function linesOf({ dialogues, messages, sessions, states, gone }: Truth): [Kind, object][] {
  const of = (kind: Kind, lines: object[]) => lines.map((line): [Kind, object] => [kind, line]);
  const deleted = (id: string) => ({ id, deleted: true });
  const told = states.map(({ at, ...rest }) => ({ ...rest, at: time(at) }));
  return [
    ...of('dialogues', [
      ...dialogues.flatMap(({ startedAt, closedAt, ...rest }) => {
        const known = { ...rest, chatId: 'c', startedAt: time(startedAt) };
        return [known, { ...known, closedAt: time(earlier(closedAt)) }, { ...known, closedAt: time(closedAt) }];
      }),
      ...gone.dialogues.map(deleted),
    ]),
    ...of('chat-messages', [
      ...messages.map(({ sentAt, ...rest }) => ({ ...rest, sentAt: time(sentAt) })),
      ...gone.messages.map(deleted),
    ]),
    ...of('operator-sessions', [
      ...sessions.flatMap(({ assignedAt, releasedAt, skipped, ...rest }) => {
        const known = { ...rest, assignedAt: time(assignedAt) };
        return [
          { ...known, releasedAt: time(earlier(releasedAt)) },
          { ...known, releasedAt: time(releasedAt), skipped },
        ];
      }),
      ...gone.sessions.map(deleted),
    ]),
    ...of('operator-states', [
      ...told,
      ...gone.states.flatMap((index) => (told[index] ? [{ ...told[index], deleted: true }] : [])),
    ]),
  ];
}

export const anyOperatorStory: fc.Arbitrary<OperatorStory> = anyTruth.chain((truth) => {
  const single = linesOf(truth);
  return fc
    .shuffledSubarray(single, { minLength: single.length })
    .map((shuffled) => ({ ...truth, requests: toRequests(shuffled) }));
});

export const anyOperatorQuestion: fc.Arbitrary<OperatorQuestion> = fc
  .record({
    ends: fc.tuple(instant, instant).filter(([one, other]) => one !== other),
    timeZone: fc.constantFrom('Europe/Moscow', 'Europe/Moscow', 'Asia/Kathmandu'),
    granularity: fc.constantFrom('HOUR' as const, 'DAY' as const, 'DAY' as const),
    filter: fc.record({
      operatorIds: option(fc.subarray(OPERATOR_IDS)),
      groupIds: option(fc.subarray(['g0', 'g1'])),
      messengers: option(fc.subarray(['WEB', 'LINE'])),
      hasCustomerMessages: option(fc.boolean()),
      handledBy: option(fc.subarray(['ROBOT', 'OPERATOR', 'NOBODY'])),
    }),
  })
  .map(({ ends, ...rest }) => ({ ...rest, from: Math.min(...ends), to: Math.max(...ends) }));
