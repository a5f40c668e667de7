import fc from 'fast-check';
import { mergeRuns } from './run-merge.ts';

test('runs are merged into one stable order, whatever their number and lengths', async () => {
  const runs = fc.array(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 9 }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(runs, async (some) => {
      const values = some.flatMap((run) => run.toSorted());
      const ends = some.map((_, r) => some.slice(0, r + 1).flat().length);
      const order = await mergeRuns(ends, (a, b) => (values[a] as number) - (values[b] as number));
      const expected = values.map((value, entry) => ({ value, entry })).sort((a, b) => a.value - b.value);
      expect([...order]).toEqual(expected.map(({ entry }) => entry));
    }),
  );
});
