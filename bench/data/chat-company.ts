import type { Client } from 'pg';
import type { Transaction } from '#platform/database';
import { settleDialogues } from '../../subgraphs/chat-stats/messages/settle-dialogues.ts';
import { settleSessions } from '../../subgraphs/chat-stats/operators/settle-sessions.ts';
import { countPhrases } from '../../subgraphs/chat-stats/phrases/count-phrases.ts';
import { chatStats } from '../../subgraphs/chat-stats/subgraph.ts';
import type { Sizes } from '../sizes.ts';
import type { BenchCompany, World } from '../world.ts';
import { CHAT_OPERATORS, chatYear, TALK_MESSAGES, type Talk } from './chat-year.ts';
import { copyInto } from './copy.ts';
import { copyRows } from './copy-rows.ts';
import { streamOf, takeIn } from './ingest.ts';
import { BENCH_NOW } from './message-events.ts';
import { operatorYear } from './operator-year.ts';

const TALKS_AT_ONCE = 1000;
const HOUR_MS = 3_600_000;

/**
 * A company with a year of chats. Rows come with COPY; what follows from them is made by the service: of dialogues, assignments and
 * phrases by what ingest calls for each batch, and all sums by day by the first event that it takes in.
 */
export function chatCompany(
  world: World,
  { chatMessages, operatorStates }: Pick<Sizes, 'chatMessages' | 'operatorStates'>,
): Promise<BenchCompany> {
  const shown = (count: number) => count.toLocaleString('en-US');
  return world.company('chats', {
    timeZone: 'Europe/Moscow',
    has: `${shown(chatMessages)} chat messages, about ${shown(operatorStates)} states of operators`,
    fill: ({ id }) =>
      world.withDatabase(
        1,
        async (database) => {
          const talks = () => batches(chatYear(Number(id), Math.ceil(chatMessages / TALK_MESSAGES)));
          await world.withOwner(async (client) => {
            for (const batch of talks()) await copyTalks(client, id, batch);
            const states = operatorYear(Number(id), operatorStates);
            await copyInto(client, copyRows('chat_stats.operator_states', id, states));
            // Nobody would look for an operator's messages by dialogue before it is known how many either has.
            await client.query('ANALYZE');
          });
          for (const batch of talks()) await database.write(id, (transaction) => settleTalks(transaction, batch));
          await takeIn(world, database, id, [firstEvent()], streamOf(chatStats, 'operator-states'));
        },
        chatStats,
      ),
  });
}

function* batches(talks: Iterable<Talk>): Generator<Talk[]> {
  let batch: Talk[] = [];
  for (const talk of talks) {
    batch.push(talk);
    if (batch.length < TALKS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function copyTalks(client: Client, companyId: string, talks: readonly Talk[]): Promise<void> {
  const rows = {
    dialogues: talks.map(({ dialogue }) => dialogue),
    chat_messages: talks.flatMap(({ messages }) => messages),
    operator_sessions: talks.flatMap(({ sessions }) => sessions),
  };
  for (const [table, of] of Object.entries(rows)) {
    if (of.length > 0) await copyInto(client, copyRows<object>(`chat_stats.${table}`, companyId, of));
  }
}

/** Nobody else writes, so that nothing has to be locked. */
async function settleTalks(transaction: Transaction, talks: readonly Talk[]): Promise<void> {
  const ids = talks.map(({ dialogue }) => dialogue.id);
  await settleDialogues(transaction, ids);
  await settleSessions(transaction, ids);
  const changes = talks.flatMap(({ dialogue, messages }) =>
    messages.flatMap(({ phraseHash }) => {
      const client = { id: dialogue.clientId ?? dialogue.id, messages: 1 } as const;
      return phraseHash === null ? [] : [{ hash: phraseHash, messages: 1, client } as const];
    }),
  );
  const texts = talks.flatMap(({ phrases }) => phrases.map(({ hash, phrase }) => [hash, phrase] as const));
  await countPhrases(transaction, changes, new Map(texts));
}

/** An operator who comes online after the year. */
function firstEvent(): Buffer {
  const at = new Date(BENCH_NOW - HOUR_MS).toISOString();
  return Buffer.from(`${JSON.stringify({ operatorId: CHAT_OPERATORS[0], state: 'ONLINE', at })}\n`);
}
