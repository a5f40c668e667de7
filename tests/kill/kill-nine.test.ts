import { shuffledEvents, toLine } from '../../bench/data/message-stream.ts';
import { createRandom } from '../../demo/random.ts';
import {
  type EventLine,
  messagesOf,
  type ReferenceMessage,
} from '../../subgraphs/messaging-stats/messages/message.reference.ts';
import { answerOf, type Question } from '../../subgraphs/messaging-stats/messages/message-figures.reference.ts';
import { FIGURES } from '../../subgraphs/messaging-stats/messages/message-questions.test-support.ts';
import { type Kill, KillableService } from './killable-service.ts';

// kill -9 in the middle of ingest and of a fold, again and again on the same data: whatever was acknowledged stays, whatever was not is there
// wholly or not at all, and after sending it again every figure is that of a plain count.

/** More rounds than these, which CI does, with KILL_ROUNDS. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 5);
const KILLS: readonly Kill[] = [
  // The first levels of the company are being made.
  { victim: 'service', during: 'messages.spread' },
  { victim: 'postgres', during: 'messages.insert' },
  { victim: 'backend', during: 'messages.spread' },
  { victim: 'postgres', during: 'messages.spread' },
  { victim: 'service', during: 'messages.add_deltas' },
  { victim: 'backend', during: 'messages.update' },
];
/** Each request is one batch, and so one transaction. */
const REQUEST_EVENTS = 1000;
/** Events of one message are spread over so many. */
const MIXED_EVENTS = 8 * REQUEST_EVENTS;
const SENDERS = 3;
const MOMENT = Date.UTC(2026, 2, 15, 12);
const SPAN = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 2, 1) };

const QUESTION: Question = {
  ...SPAN,
  timeZone: 'Europe/Moscow',
  filter: {},
  by: ['STATUS', 'CHANNEL'],
  seriesBy: ['STATUS'],
  granularity: 'DAY',
  first: null,
  page: 3,
};

type Lines = readonly EventLine[];

let service: KillableService;
beforeAll(async () => {
  service = await KillableService.start();
});
afterAll(() => service.stop());

function plainFigures(requests: readonly Lines[]) {
  const byId = Map.groupBy(requests.flat(), ({ id }) => id);
  const messages: ReferenceMessage[] = [...byId.values()].flatMap((lines) => messagesOf(lines));
  return answerOf(messages, QUESTION, { currency: 'EUR', moment: MOMENT });
}

function askFigures() {
  const { from, to, timeZone, ...variables } = QUESTION;
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return service.ask(FIGURES, { ...variables, period: { range, timeZone } });
}

/** Requests without end: the lives of new messages, out of order and partly doubled. */
function* endlessRequests(): Generator<Lines, never> {
  for (let seed = 0; ; seed += 1) {
    const events = shuffledEvents(seed, MIXED_EVENTS, SPAN).map(toLine);
    for (let start = 0; start < MIXED_EVENTS; start += REQUEST_EVENTS)
      yield events.slice(start, start + REQUEST_EVENTS);
  }
}

interface Outcome {
  readonly acknowledged: readonly Lines[];
  /** Sent, and not answered with success. */
  readonly unsure: readonly Lines[];
}

/** Sends requests, several at once, and kills as soon as so many are acknowledged and the statement runs. */
async function sendUntilKilled(requests: Generator<Lines, never>, kill: Kill, after: number): Promise<Outcome> {
  const acknowledged: Lines[] = [];
  const unsure: Lines[] = [];
  const progress = Promise.withResolvers<void>();
  let killed = false;
  const sendOneByOne = async () => {
    while (!killed) {
      const request = requests.next().value;
      const answer = await service.send(request);
      (answer ? acknowledged : unsure).push(request);
      if (acknowledged.length >= after) progress.resolve();
      if (!answer) return;
    }
  };
  const sending = Promise.all(Array.from({ length: SENDERS }, sendOneByOne));
  await progress.promise;
  await service.kill(kill);
  killed = true;
  await sending;
  return { acknowledged, unsure };
}

/** All ways to take some of these, few before many. */
function choicesOf<T>(items: readonly T[]): T[][] {
  const choices = items.reduce<T[][]>((known, item) => known.flatMap((choice) => [choice, [...choice, item]]), [[]]);
  return choices.sort((a, b) => a.length - b.length);
}

async function sendAll(requests: readonly Lines[]) {
  const sums = { inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  for (const request of requests) {
    const answer = await service.send(request);
    if (!answer) throw new Error('a request after the restart was not acknowledged');
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += answer[name];
  }
  return sums;
}

test('kill -9 of the service, of PostgreSQL and of one of its processes in the middle of ingest and of a fold loses nothing and doubles nothing', async () => {
  const random = createRandom(20_260_315);
  const requests = endlessRequests();
  const sent: Lines[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const kill = KILLS[round % KILLS.length] as Kill;
    const { acknowledged, unsure } = await sendUntilKilled(requests, kill, random.between(1, 4));
    expect(unsure.length).toBeGreaterThan(0);
    await service.ensureRunning();

    // Each request that was under way is there as a whole or not at all.
    const figures = await askFigures();
    const possible = choicesOf(unsure).map((kept) => [...sent, ...acknowledged, ...kept]);
    expect(possible.map(plainFigures)).toContainEqual(figures);

    expect(await sendAll(acknowledged)).toEqual({
      inserted: 0,
      updated: 0,
      unchanged: acknowledged.flat().length,
      rejected: 0,
    });
    // One more is new after the restart, whatever became of the others.
    const resent = [...unsure, requests.next().value];
    expect(await sendAll(resent)).toMatchObject({ rejected: 0 });
    sent.push(...acknowledged, ...resent);
    expect(await askFigures()).toEqual(plainFigures(sent));
    await service.folded();
    const plain = plainFigures(sent);
    expect(await askFigures()).toEqual(plain);
    const rows = plain.messagingStats.counters.total;
    const messages = [`messaging-stats, company 7, messages: ${rows} rows, and their sums agree`];
    expect(await service.verify()).toEqual({ status: 0, messages });
  }
}, 600_000);
