import fc from 'fast-check';
import { toRequests } from '../dialogues/story-requests.test-support.ts';

/** Texts by the phrase that they have in common; none of the last. */
export const TEXTS: Readonly<Record<string, readonly string[]>> = {
  yes: ['Yes', ' YES!! ', 'yes 👍'],
  'order #': ['Order 17', 'order: 4711?'],
  'hello name': ['Hello, {name}!'],
  'thank you': ['Thank you.'],
  '': ['!', '😀'],
};

interface TrueMessage {
  id: string;
  dialogueId: string;
  author: 'CLIENT' | 'BOT';
  sentAt: number;
  text?: string | undefined;
  template?: string | undefined;
}

/** What truly was written, what was taken back, and the requests that tell of it. Instants are epoch milliseconds. */
export interface PhraseStory {
  dialogues: { id: string; messenger: string; clientId?: string | undefined }[];
  messages: TrueMessage[];
  gone: { dialogues: string[]; messages: string[] };
  requests: { kind: Kind; lines: object[] }[];
}

type Kind = 'dialogues' | 'chat-messages';

const START = Date.UTC(2026, 2, 8, 18);
/** Mostly within three days; some lie months away, so that periods begin and end anywhere in months and quarters. */
const instant = fc
  .tuple(fc.integer({ min: 0, max: 140 }), fc.constantFrom(0, 0, 0, -160, -75, -40, -20))
  .map(([halfHours, days]) => START + halfHours * 1_800_000 + days * 86_400_000);
const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const [DIALOGUES, MESSAGES] = [ids('d', 6), ids('m', 20)];
const anyText = fc.constantFrom(...Object.values(TEXTS).flat());

const anyTruth = fc.record({
  dialogues: fc.tuple(
    ...DIALOGUES.map((id) =>
      fc.record({
        id: fc.constant(id),
        messenger: fc.constantFrom('WEB', 'LINE'),
        // The id of another dialogue is a client like any other.
        clientId: option(fc.constantFrom('p', 'q', 'd0')),
      }),
    ),
  ),
  messages: fc.tuple(
    ...MESSAGES.map((id) =>
      fc.record({
        id: fc.constant(id),
        dialogueId: fc.constantFrom(...DIALOGUES, 'never'),
        author: fc.constantFrom('CLIENT' as const, 'CLIENT' as const, 'BOT' as const),
        sentAt: instant,
        text: option(anyText),
        template: option(anyText),
      }),
    ),
  ),
  gone: fc.record({
    dialogues: fc.subarray(DIALOGUES, { maxLength: 2 }),
    messages: fc.subarray(MESSAGES, { maxLength: 3 }),
  }),
});

/** One request a line: some without what a later one supplies, some with another text of the same phrase. */
function linesOf({ dialogues, messages, gone }: Omit<PhraseStory, 'requests'>) {
  const time = new Date(START).toISOString();
  const deleted = (id: string) => ({ id, deleted: true });
  const ofDialogues = dialogues.flatMap(({ clientId, ...rest }) => {
    const known = { ...rest, chatId: 'c', startedAt: time };
    return [known, { ...known, clientId }];
  });
  const ofMessages = messages.flatMap(({ sentAt, text, template, ...rest }) => {
    const known = { ...rest, sentAt: new Date(sentAt).toISOString() };
    return [
      { ...known, text },
      { ...known, template },
      { ...known, text: text && likeness(text) },
    ];
  });
  const of = (kind: Kind, lines: object[]) => lines.map((line): [Kind, object] => [kind, line]);
  return [
    ...of('dialogues', [...ofDialogues, ...gone.dialogues.map(deleted)]),
    ...of('chat-messages', [...ofMessages, ...gone.messages.map(deleted)]),
  ];
}

function likeness(text: string): string | undefined {
  return Object.values(TEXTS).find((texts) => texts.includes(text))?.[0];
}

export const anyPhraseStory: fc.Arbitrary<PhraseStory> = anyTruth.chain((truth) => {
  const single = linesOf(truth);
  return fc
    .shuffledSubarray(single, { minLength: single.length })
    .map((shuffled) => ({ ...truth, requests: toRequests(shuffled) }));
});

export interface PhraseQuestion {
  from: number;
  to: number;
  author: 'CLIENT' | 'BOT';
  first: number;
  filter: { messengers?: string[] | undefined };
}

export const anyPhraseQuestion: fc.Arbitrary<PhraseQuestion> = fc
  .record({
    ends: fc.tuple(instant, instant).filter(([one, other]) => one !== other),
    author: fc.constantFrom('CLIENT' as const, 'BOT' as const),
    first: fc.integer({ min: 1, max: 4 }),
    filter: fc.record({ messengers: option(fc.subarray(['WEB', 'LINE'])) }),
  })
  .map(({ ends, ...rest }) => ({ ...rest, from: Math.min(...ends), to: Math.max(...ends) }));
