import fc from 'fast-check';
import { toRequests } from './story-requests.test-support.ts';

/** A dialogue and a message as they truly are. Instants are epoch milliseconds, prices millionths. */
export interface TrueDialogue {
  id: string;
  chatId: string;
  messenger: string;
  startedAt: number;
  botId?: string | undefined;
  groupId?: string | undefined;
}

export interface TrueMessage {
  id: string;
  dialogueId: string;
  author: 'CLIENT' | 'BOT' | 'OPERATOR';
  operatorId?: string | undefined;
  sentAt: number;
  price?: number | undefined;
}

/** Events of one company: what is true, what is taken back, and the requests that tell of it. */
export interface Story {
  dialogues: TrueDialogue[];
  messages: TrueMessage[];
  gone: { dialogues: string[]; messages: string[] };
  requests: { kind: 'dialogues' | 'chat-messages'; lines: object[] }[];
}

export interface AskedFilter {
  operatorIds?: string[] | undefined;
  messengers?: string[] | undefined;
  hasCustomerMessages?: boolean | undefined;
  handledBy?: string[] | undefined;
}

const START = Date.UTC(2026, 2, 8, 20);
const instant = fc.integer({ min: 0, max: 72 * 60 }).map((minutes) => START + minutes * 60_000);
const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const DIALOGUE_IDS = ids('d', 5);
const MESSAGE_IDS = ids('m', 14);
/** Named by a directory line, so that a filter may name them whatever the events are. */
export const OPERATOR_IDS = ids('o', 3);

const dialogueOf = (id: string): fc.Arbitrary<TrueDialogue> =>
  fc.record({
    id: fc.constant(id),
    chatId: fc.constantFrom('c1', 'c2'),
    messenger: fc.constantFrom('WEB', 'LINE', 'OTHER'),
    startedAt: instant,
    botId: option(fc.constantFrom('b1', 'b2')),
    groupId: option(fc.constantFrom('g1', 'g2')),
  });

const messageOf = (id: string): fc.Arbitrary<TrueMessage> =>
  fc
    .record({
      id: fc.constant(id),
      dialogueId: fc.constantFrom(...DIALOGUE_IDS, 'never'),
      author: fc.constantFrom('CLIENT' as const, 'BOT' as const, 'OPERATOR' as const),
      operatorId: fc.constantFrom(...OPERATOR_IDS),
      sentAt: instant,
      price: option(fc.integer({ min: 0, max: 3_000_000 })),
    })
    .map(({ operatorId, ...message }) => (message.author === 'OPERATOR' ? { ...message, operatorId } : message));

type Truth = Pick<Story, 'dialogues' | 'messages' | 'gone'>;

const anyTruth: fc.Arbitrary<Truth> = fc.record({
  dialogues: fc.tuple(...DIALOGUE_IDS.map(dialogueOf)),
  messages: fc.tuple(...MESSAGE_IDS.map(messageOf)),
  gone: fc.record({
    dialogues: fc.subarray(DIALOGUE_IDS, { maxLength: 1 }),
    messages: fc.subarray(MESSAGE_IDS, { maxLength: 2 }),
  }),
});

const time = (at: number) => new Date(at).toISOString();
const decimal = (micros: number) => `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;

type Kind = Story['requests'][number]['kind'];

/** Every line whole, some without their optional fields before, some twice. */
function linesOf({ dialogues, messages, gone }: Truth): [Kind, object][] {
  const ofDialogues = dialogues.flatMap(({ startedAt, botId, groupId, ...rest }) => {
    const known = { ...rest, startedAt: time(startedAt) };
    return [known, { ...known, botId, groupId }, { ...known, groupId }];
  });
  const ofMessages = messages.flatMap(({ sentAt, price, ...rest }) => {
    const known = { ...rest, sentAt: time(sentAt) };
    return [known, price === undefined ? known : { ...known, price: decimal(price) }];
  });
  const deleted = (id: string) => ({ id, deleted: true });
  const of = (kind: Kind, lines: object[]) => lines.map((line): [Kind, object] => [kind, line]);
  return [
    ...of('dialogues', [...ofDialogues, ...gone.dialogues.map(deleted)]),
    ...of('chat-messages', [...ofMessages, ...gone.messages.map(deleted)]),
  ];
}

export const anyStory: fc.Arbitrary<Story> = anyTruth.chain((truth) => {
  const single = linesOf(truth);
  return fc
    .shuffledSubarray(single, { minLength: single.length })
    .map((shuffled) => ({ ...truth, requests: toRequests(shuffled) }));
});

export const anyFilter: fc.Arbitrary<AskedFilter> = fc.record({
  operatorIds: option(fc.subarray(OPERATOR_IDS)),
  messengers: option(fc.subarray(['WEB', 'LINE', 'OTHER'])),
  hasCustomerMessages: option(fc.boolean()),
  handledBy: option(fc.subarray(['ROBOT', 'OPERATOR', 'NOBODY'])),
});
