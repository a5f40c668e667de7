import { createHash } from 'node:crypto';
import { BOTS, CHATS, GROUPS, OPERATORS } from './chat-people.ts';
import { type ChatMessageLine, type DialogueLine, demoChatMessages, demoDialogues, demoDirectory } from './chats.ts';
import { DEMO_SCENARIO, streamOptions } from './scenario.ts';

const NOW = Date.parse('2026-06-17T11:24:00Z');
const OPTIONS = streamOptions(DEMO_SCENARIO, NOW);

const DIALOGUE_LINES = [...demoDialogues(OPTIONS)];
const MESSAGES = [...demoChatMessages(OPTIONS)];
const DIALOGUES = new Map(DIALOGUE_LINES.map((line) => [line.id, line]));

const STREAMS = [
  ['directory', demoDirectory],
  ['dialogues', demoDialogues],
  ['chat-messages', demoChatMessages],
] as const;

test.each(STREAMS)('the same seed and times give the same bytes of %s', (_, lines) => {
  expect(hashOf(lines(OPTIONS))).toBe(hashOf(lines(OPTIONS)));
});

test.each(STREAMS)(
  'a later present adds lines of %s and changes none, so that the demo can be loaded again',
  (_, lines) => {
    const later = new Set([...lines({ ...OPTIONS, to: NOW + 26 * 3_600_000 })].map((line) => JSON.stringify(line)));
    expect([...lines(OPTIONS)].filter((line) => !later.has(JSON.stringify(line)))).toEqual([]);
  },
);

test('there are about 6,000 dialogues and 45,000 messages', () => {
  expect(Math.abs(DIALOGUES.size / 6_000 - 1)).toBeLessThan(0.1);
  expect(Math.abs(MESSAGES.length / 45_000 - 1)).toBeLessThan(0.1);
});

test('everything lies between the beginning and the present, in the order of time', () => {
  const told = (lines: (DialogueLine | ChatMessageLine)[]) =>
    lines.map((line) => ('sentAt' in line ? line.sentAt : (line.closedAt ?? line.startedAt)));
  for (const times of [told(DIALOGUE_LINES), told(MESSAGES)]) {
    expect(times).toEqual([...times].sort());
    expect(Date.parse(times[0] ?? '')).toBeGreaterThanOrEqual(OPTIONS.from);
    expect(Date.parse(times.at(-1) ?? '')).toBeLessThanOrEqual(NOW);
  }
});

test('every message belongs to a dialogue that has started, and the directory names all that events name', () => {
  const orphans = MESSAGES.filter(
    ({ dialogueId, sentAt }) => !((DIALOGUES.get(dialogueId)?.startedAt ?? 'none') <= sentAt),
  );
  expect(orphans).toEqual([]);
  const named = (ids: (string | undefined)[]) => new Set(ids.filter((id) => id !== undefined));
  const dialogues = [...DIALOGUES.values()];
  expect(named(dialogues.map(({ chatId }) => chatId))).toEqual(named(CHATS.map(({ id }) => id)));
  expect(named(dialogues.map(({ groupId }) => groupId))).toEqual(named(GROUPS.map(({ id }) => id)));
  expect(named(dialogues.map(({ botId }) => botId))).toEqual(named(BOTS.map(({ id }) => id)));
  expect(named(MESSAGES.map(({ operatorId }) => operatorId))).toEqual(named(OPERATORS.map(({ id }) => id)));
  expect([...demoDirectory(OPTIONS)]).toHaveLength(CHATS.length + GROUPS.length + BOTS.length + OPERATORS.length);
  expect(new Set(CHATS.map(({ messenger }) => messenger)).size).toBe(13);
});

test('most dialogues are handled by robots and operators, few by nobody, and nights are quiet', () => {
  const authors = new Map<string, Set<string>>();
  for (const { dialogueId, author } of MESSAGES) {
    authors.set(dialogueId, (authors.get(dialogueId) ?? new Set()).add(author));
  }
  const sets = [...authors.values()];
  const share = (holds: (authors: Set<string>) => boolean) => sets.filter(holds).length / sets.length;
  expect(share((one) => one.has('OPERATOR'))).toBeGreaterThan(0.35);
  expect(share((one) => one.has('BOT') && !one.has('OPERATOR'))).toBeGreaterThan(0.35);
  expect(share((one) => !one.has('BOT') && !one.has('OPERATOR'))).toBeLessThan(0.15);
  const hours = [...DIALOGUES.values()].map(({ startedAt }) => (new Date(startedAt).getUTCHours() + 3) % 24);
  const between = (from: number, to: number) => hours.filter((hour) => hour >= from && hour < to).length;
  expect(between(9, 21)).toBeGreaterThan(40 * between(1, 5));
});

function hashOf(lines: Iterable<object>): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(`${JSON.stringify(line)}\n`);
  return hash.digest('hex');
}
