import type { Transaction } from '#platform/database';
import type { ChatAuthorName } from '../messages/chat-author.ts';
import type { DayChange } from './day-table.ts';
import { GATHERED_PHRASES, OPERATOR_DAYS, PHRASE_DAYS } from './day-tables.ts';
import { daysBetween, type LocalDays } from './local-days.ts';

/** What a message of a known dialogue adds to sums by day. */
export interface CountedMessage {
  readonly dialogueId: string;
  readonly author: ChatAuthorName;
  readonly operatorId: string | null;
  readonly sentAt: number;
  readonly phraseHash: string | null;
}

/**
 * Brings sums by day in line with messages that changed. Of every dialogue that an operator's message came to or went from, both
 * sides hold all messages of operators, because the days of a dialogue hang together.
 */
export async function changeMessageDays(
  transaction: Transaction,
  days: LocalDays,
  { before, after }: { before: readonly CountedMessage[]; after: readonly CountedMessage[] },
): Promise<void> {
  await OPERATOR_DAYS.add(transaction, [...operatorDays(before, days).map(negative), ...operatorDays(after, days)]);
  const phrases = [...phraseDays(before, days).map(negative), ...phraseDays(after, days)];
  await PHRASE_DAYS.add(transaction, phrases);
  for (const { table, spans } of GATHERED_PHRASES) {
    const gathered = phrases.map(({ keys: [author = '', day, hash = ''], sums }) => {
      return { keys: [author, spans.of(String(day)), hash], sums };
    });
    await table.add(transaction, gathered);
  }
}

function negative({ keys, sums }: DayChange): DayChange {
  return { keys, sums: sums.map((sum) => -sum) };
}

function phraseDays(messages: readonly CountedMessage[], days: LocalDays): DayChange[] {
  return messages.flatMap(({ author, sentAt, phraseHash }) => {
    return phraseHash === null ? [] : [{ keys: [author, days.of(sentAt), phraseHash], sums: [1] }];
  });
}

/** A dialogue on each day that an operator wrote in it, with the days since they last did before. */
function operatorDays(messages: readonly CountedMessage[], days: LocalDays): DayChange[] {
  const ofOperators = messages.filter(({ operatorId }) => operatorId !== null);
  const talks = Map.groupBy(ofOperators, ({ operatorId, dialogueId }) => `${operatorId}\0${dialogueId}`);
  return [...talks.values()].flatMap((talk) => {
    const counts = [...Map.groupBy(talk, ({ sentAt }) => days.of(sentAt))].sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    return counts.map(([day, { length }], index) => {
      const previous = counts[index - 1]?.[0];
      const gap = previous === undefined ? 0 : daysBetween(previous, day);
      return { keys: [day, talk[0]?.operatorId ?? '', gap], sums: [1, length] };
    });
  });
}
