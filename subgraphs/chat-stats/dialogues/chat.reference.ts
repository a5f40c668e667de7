import type { AskedFilter, Story, TrueDialogue, TrueMessage } from './chat.arbitrary.ts';

/** A slow and plain reading of the rules, written apart from the service. */

interface Told extends TrueDialogue {
  messages: TrueMessage[];
  handledBy: string;
  operators: string[];
}

/** What there is once everything was told, in whatever order. */
function dialoguesOf({ dialogues, messages, gone }: Story): Told[] {
  return dialogues
    .filter(({ id }) => !gone.dialogues.includes(id))
    .map((dialogue) => {
      const own = messages.filter(({ id, dialogueId }) => dialogueId === dialogue.id && !gone.messages.includes(id));
      const wrote = (author: string) => own.some((message) => message.author === author);
      const handledBy = wrote('OPERATOR') ? 'OPERATOR' : wrote('BOT') ? 'ROBOT' : 'NOBODY';
      const operators = [...new Set(own.flatMap(({ operatorId }) => (operatorId ? [operatorId] : [])))];
      return { ...dialogue, messages: own, handledBy, operators };
    });
}

function passes(dialogue: Told, filter: AskedFilter): boolean {
  const { operatorIds = [], messengers = [], hasCustomerMessages, handledBy = [] } = filter;
  const hasClient = dialogue.messages.some(({ author }) => author === 'CLIENT');
  if (operatorIds.length > 0 && !dialogue.operators.some((id) => operatorIds.includes(id))) return false;
  if (messengers.length > 0 && !messengers.includes(dialogue.messenger)) return false;
  if (hasCustomerMessages !== undefined && hasClient !== hasCustomerMessages) return false;
  return handledBy.length === 0 || handledBy.includes(dialogue.handledBy);
}

const halfUp = (value: number, digits: number) => Math.floor(value * 10 ** digits + 0.5 + 1e-9) / 10 ** digits;
const share = (part: number, whole: number) => (whole === 0 ? null : halfUp((100 * part) / whole, 1));

function percentile(sorted: readonly number[], tenths: number): number {
  const place = (tenths * (sorted.length - 1)) / 10;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return halfUp((low + (high - low) * (place - Math.floor(place))) / 1000, 3);
}

function firstResponses(dialogues: readonly Told[]) {
  const waits = dialogues.flatMap(({ messages }) => {
    const first = (wanted: string) =>
      Math.min(...messages.filter(({ author }) => author === wanted).map(({ sentAt }) => sentAt));
    const wait = first('OPERATOR') - first('CLIENT');
    return wait > 0 && Number.isFinite(wait) ? [wait] : [];
  });
  waits.sort((a, b) => a - b);
  if (waits.length === 0) return { count: 0, mean: null, median: null, p90: null, max: null };
  const mean = halfUp(waits.reduce((a, b) => a + b) / waits.length / 1000, 3);
  const max = (waits.at(-1) ?? 0) / 1000;
  return { count: waits.length, mean, median: percentile(waits, 5), p90: percentile(waits, 9), max };
}

function dialogueCounters(dialogues: readonly Told[]) {
  const by = (who: string) => dialogues.filter(({ handledBy }) => handledBy === who).length;
  return {
    total: dialogues.length,
    byRobot: by('ROBOT'),
    byOperator: by('OPERATOR'),
    unhandled: by('NOBODY'),
    firstResponseSeconds: firstResponses(dialogues),
  };
}

function messageCounters(messages: readonly TrueMessage[]) {
  const by = (who: string) => messages.filter(({ author }) => author === who).length;
  const micros = messages.reduce((sum, { price = 0 }) => sum + price, 0);
  return {
    total: messages.length,
    fromClients: by('CLIENT'),
    fromBots: by('BOT'),
    fromOperators: by('OPERATOR'),
    price: { amount: (micros / 1e6).toFixed(6).replace(/0{1,4}$/, '') },
  };
}

/** Groups with more first, then by key. */
function grouped<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) for (const key of keysOf(item)) groups.set(key, [...(groups.get(key) ?? []), item]);
  return [...groups].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

/** The answer to the question of the property test: the days of 9 to 11 March 2026 of UTC. */
export function answerOf(story: Story, filter: AskedFilter, days: readonly number[]) {
  const [from = 0] = days;
  const end = from + days.length * 86_400_000;
  const within = (at: number) => at >= from && at < end;
  const passing = dialoguesOf(story).filter((dialogue) => passes(dialogue, filter));
  const dialogues = passing.filter(({ startedAt }) => within(startedAt));
  const { operatorIds = [] } = filter;
  const messages = passing
    .flatMap((dialogue) => dialogue.messages)
    .filter(({ sentAt }) => within(sentAt))
    .filter(
      ({ author, operatorId = '' }) =>
        author !== 'OPERATOR' || operatorIds.length === 0 || operatorIds.includes(operatorId),
    );
  const onDays = (times: readonly number[]) =>
    days.map((day) => times.filter((at) => at >= day && at < day + 86_400_000).length);
  const newest = <T extends { id: string }>(rows: readonly T[], at: (row: T) => number) =>
    rows.toSorted((a, b) => at(b) - at(a) || (a.id < b.id ? 1 : -1)).map(({ id }) => ({ id }));
  const ownerOf = (message: TrueMessage) => passing.find(({ id }) => id === message.dialogueId);
  return {
    chatStats: {
      dialogues: {
        counters: dialogueCounters(dialogues),
        breakdown: grouped(dialogues, ({ operators }) => (operators.length > 0 ? operators : [''])).map(
          ([key, rows]) => {
            return { keys: [key], share: share(rows.length, dialogues.length), counters: dialogueCounters(rows) };
          },
        ),
        series: { lines: [{ total: onDays(dialogues.map(({ startedAt }) => startedAt)) }] },
      },
      messages: {
        counters: messageCounters(messages),
        breakdown: grouped(messages, (message) => [ownerOf(message)?.groupId ?? '']).map(([key, rows]) => {
          return { keys: [key], share: share(rows.length, messages.length), counters: messageCounters(rows) };
        }),
        series: { lines: [{ total: onDays(messages.map(({ sentAt }) => sentAt)) }] },
      },
    },
    dialogues: { totalCount: dialogues.length, nodes: newest(dialogues, ({ startedAt }) => startedAt) },
    chatMessages: { totalCount: messages.length, nodes: newest(messages, ({ sentAt }) => sentAt) },
  };
}
