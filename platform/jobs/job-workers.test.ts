import { randomUUID } from 'node:crypto';
import { JobProbe, OWNER } from './jobs.test-support.ts';

let probe: JobProbe;
beforeAll(async () => {
  probe = await JobProbe.open();
});
afterAll(() => probe.close());
afterEach(() => probe.reset());

test('workers take up a job as soon as it is committed, and a stop waits for the one under way', async () => {
  const started = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  probe.during = async () => {
    started.resolve();
    await release.promise;
    probe.done.push(['ended']);
  };
  const workers = await probe.startWorkers();
  await probe.enqueue('9', 'x');
  await started.promise;
  const rested = workers.rest().then(() => probe.done.push(['rested']));
  release.resolve();
  await rested;
  expect(probe.done).toEqual([['run', '9', { note: 'x' }], ['ended'], ['rested']]);
  await probe.enqueue('9', 'later');
  expect(await probe.runner.runPending()).toBe(1);
});

test('workers soon find a job whose wait has ended, though nothing wakes them for it', async () => {
  const later = randomUUID();
  await probe.enqueue('7', 'later', later);
  const wait = (interval: string) =>
    probe.asOwner.query(`UPDATE ${OWNER}_jobs.job SET start_after = now() + $1::interval WHERE id = $2`, [
      interval,
      later,
    ]);
  await wait('1 day');
  const [first, both] = [0, 0].map(() => Promise.withResolvers<void>());
  probe.during = async () => (probe.done.length === 1 ? first : both)?.resolve();
  await probe.startWorkers();
  await probe.enqueue('8', 'now');
  await first?.promise;
  // Longer than it takes the workers to look once more after that job.
  await wait('1 second');
  await both?.promise;
  expect(probe.done).toEqual([
    ['run', '8', { note: 'now' }],
    ['run', '7', { note: 'later' }],
  ]);
}, 20_000);

test('what has gathered is worked off job by job, without a wait in between', async () => {
  const all = Promise.withResolvers<void>();
  // At one job a look they would take longer than a test may.
  const notes = Array.from({ length: 200 }, (_, index) => String(index + 1));
  probe.during = async () => (probe.done.length === notes.length ? all.resolve() : undefined);
  for (const note of notes) await probe.enqueue(note, note);
  await probe.startWorkers();
  await all.promise;
  expect(probe.done.map(([, companyId]) => Number(companyId)).sort((a, b) => a - b)).toEqual(notes.map(Number));
});

test('jobs run side by side, those of one company one after another', async () => {
  const [both, all, release] = [0, 0, 0].map(() => Promise.withResolvers<void>());
  const started: string[] = [];
  probe.during = async ({ companyId }) => {
    started.push(companyId);
    if (started.length === 2) both?.resolve();
    if (started.length === 3) all?.resolve();
    await release?.promise;
  };
  for (const [companyId, note] of [
    ['7', 'a'],
    ['7', 'b'],
    ['8', 'c'],
  ] as const)
    await probe.enqueue(companyId, note);
  await probe.startWorkers();
  await both?.promise;
  const together = started.toSorted();
  release?.resolve();
  await all?.promise;
  expect([together, started.toSorted()]).toEqual([
    ['7', '8'],
    ['7', '7', '8'],
  ]);
});

test('workers look at work lists by themselves, until they rest', async () => {
  const workers = await probe.startWorkers();
  const ran = Promise.withResolvers<void>();
  probe.during = async () => ran.resolve();
  await probe.enterWork(['7', '1969-12-31']);
  await ran.promise;
  await workers.rest();
  await probe.enterWork(['8', '1969-12-31']);
  expect(probe.done).toEqual([['run', '7', { note: 'due' }]]);
  await probe.runner.runPending();
});
