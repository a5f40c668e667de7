import { testTerminal } from '../scripts/command-line/terminal.test-support.ts';
import { runBench } from './bench-command.ts';
import { BENCHMARKS } from './benchmarks.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { toTable } from './harness/report.ts';
import { median, timeRounds } from './harness/rounds.ts';
import { runBenchmarks } from './run-benchmarks.ts';

// Nothing here looks at a clock: whether a target is met is for a machine that does nothing else.

const TINY = {
  large: 4000,
  medium: 1000,
  levelsFrom: 600,
  small: 500,
  peer: 2000,
  busy: 1000,
  events: 3000,
  calls: 1000,
  chatMessages: 2000,
  operatorStates: 1000,
  reportRows: 2000,
  closed: 2,
  invoices: 2500,
  rounds: 1,
};

test('every benchmark runs, its answers are equal, and gives its lines of the table', async () => {
  const { findings } = await runBenchmarks(BENCHMARKS, TINY, () => undefined, new AbortController().signal);
  expect(findings.map(({ name }) => name)).toEqual([
    'D1',
    'D2',
    'D3',
    'D4',
    'D4',
    'D4',
    'D5',
    'D5',
    'D5',
    'D6',
    'D7',
    'D8',
    'D9',
    'D10',
    'D10',
    'D10',
    'D10',
    'G1',
    'G1',
    'R1',
    'R1',
    'R2',
    'B1',
    'B2',
    'B2',
  ]);
  expect(findings.find(({ name }) => name === 'D3')).toMatchObject({ met: true });
  for (const { name, ratio } of findings)
    expect([name, ['D3', 'R1'].includes(name) || (ratio as number) > 0]).toEqual([name, true]);
}, 300_000);

test('rounds take all works in turning order, and make what a work needs before its time begins', async () => {
  const done: string[] = [];
  const note = (name: string) => async () => void done.push(name);
  const prepared = {
    prepare() {
      done.push('made');
      return note('b');
    },
  };
  const times = await timeRounds(2, { a: note('a'), b: prepared });
  expect(times.a.length).toBe(2);
  expect(times.b.length).toBe(2);
  expect(done.join(' ')).toMatch(/^(a )+(made b )+(a ?)+$/);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
])('the median of %p is %p', (values, middle) => {
  expect(median(values)).toBe(middle);
});

const SPEED = { name: 'X', what: 'this', against: 'that', thisMs: [10, 20, 10], otherMs: [1000, 1000, 3000] };

test('a ratio is the median of the ratios of rounds: how much faster, or how much dearer', () => {
  expect(compareTimes({ ...SPEED, target: { least: 100 } })).toEqual({
    name: 'X',
    what: 'this',
    this: '10 ms',
    other: '1,000 ms (that)',
    ratio: 100,
    spread: [50, 300],
    target: '>= 100',
    met: true,
  });
  expect(compareTimes({ ...SPEED, target: { least: 101 } }).met).toBe(false);
  expect(compareTimes({ ...SPEED, target: { most: 0.01 } })).toMatchObject({
    ratio: 0.01,
    target: '<= 0.01',
    met: true,
  });
  expect(compareTimes({ ...SPEED, target: { most: 0.009 } }).met).toBe(false);
});

test('answers that differ stop everything, with the place at which they do', () => {
  expectEqual('year', { a: 1, b: [1n] }, { a: 1, b: [1n] });
  expect(() => expectEqual('year', { a: 1, b: [1n] }, { a: 1, b: [2n] })).toThrow(
    'year: the answers differ, at /b/0: "1n" and "2n"',
  );
});

test('the table is Markdown', () => {
  const finding = compareTimes({ ...SPEED, target: { least: 100 } });
  expect(toTable([finding])).toBe(
    [
      '|     | what | this  | the other       | ratio | rounds    | target | met |',
      '| --- | ---- | ----- | --------------- | ----- | --------- | ------ | --- |',
      '| X   | this | 10 ms | 1,000 ms (that) | 100   | 50 to 300 | >= 100 | yes |',
    ].join('\n'),
  );
});

test('npm run bench: a name that is none is refused with those that are', async () => {
  const { terminal, stderr } = testTerminal();
  expect(await runBench(['D4', 'D99'], terminal)).toBe(1);
  expect(stderr()).toMatch(
    /^bench: "D99" is no benchmark; these are: D1, D2, .*\.\nAll options: npm run bench -- --help\n$/,
  );
});
