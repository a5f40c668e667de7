import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { answer, dialogue, refusals, stats } from '../dialogues/chat-questions.test-support.ts';
import { AddGeohashes1764100000003 } from '../migrations/1764100000003-add-geohashes.ts';

let service: TestService;
let company: TestCompany;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  company = await service.company();
});

async function locations(args = '', asked = {}) {
  const field = `dialoguesByLocation${args} { cells { geohash latitude longitude count } unknown }`;
  return (await stats(company, field, asked)).dialoguesByLocation;
}

test('[CHAT-49] dialogues of the widget by cells of the map, at the precision asked for, and those without coordinates', async () => {
  const jutland = { latitude: 57.64911, longitude: 10.40744 };
  const leon = { latitude: 42.6, longitude: -5.6 };
  await company.ingest('dialogues', [
    dialogue('a', { ...jutland, botId: 'b' }),
    dialogue('b', leon),
    dialogue('c', { latitude: 42.605, longitude: -5.603 }),
    dialogue('d'),
    dialogue('e', { latitude: 1 }),
    dialogue('f', { ...leon, messenger: 'LINE' }),
    dialogue('g', { ...leon, startedAt: '2026-03-11T09:00:00Z' }),
  ]);
  expect(await locations('(precision: 8)')).toEqual({
    cells: [
      { geohash: 'ezs42e44', latitude: 42.599916, longitude: -5.600109, count: 1 },
      { geohash: 'ezs42s00', latitude: 42.605066, longitude: -5.602856, count: 1 },
      { geohash: 'u4pruydq', latitude: 57.649126, longitude: 10.407314, count: 1 },
    ],
    unknown: 2,
  });
  const byDefault = [
    { geohash: 'ezs42', latitude: 42.60498, longitude: -5.603027, count: 2 },
    { geohash: 'u4pru', latitude: 57.634277, longitude: 10.393066, count: 1 },
  ];
  expect(await locations()).toEqual({ cells: byDefault, unknown: 2 });
  expect(await locations('(precision: null, first: 1)')).toEqual({ cells: byDefault.slice(0, 1), unknown: 2 });
  const coarse = await locations('(precision: 1)', { filter: { botIds: ['b'] } });
  expect(coarse).toEqual({ cells: [{ geohash: 'u', latitude: 67.5, longitude: 22.5, count: 1 }], unknown: 0 });
});

test('[CHAT-49] a coordinate that comes later moves its dialogue to a cell', async () => {
  await company.ingest('dialogues', [dialogue('a', { latitude: 42.6 })]);
  expect(await locations('(precision: 3)')).toEqual({ cells: [], unknown: 1 });
  expect(await company.ingest('dialogues', [dialogue('a', { longitude: -5.6 })])).toEqual(
    answer({ received: 1, updated: 1 }),
  );
  expect(await locations('(precision: 3)')).toMatchObject({ cells: [{ geohash: 'ezs', count: 1 }], unknown: 0 });
});

test('[CHAT-49] dialogues that came before the cells did are given theirs, of every company, when the column is made', async () => {
  const places = [{ latitude: 42.6, longitude: -5.6 }, { latitude: -90, longitude: 180 }, {}];
  await company.ingest(
    'dialogues',
    places.map((place, index) => dialogue(`d${index}`, place)),
  );
  const before = await locations('(precision: 8)');
  expect(before.cells).toHaveLength(2);
  const owner = await new DataSource({ type: 'postgres', url: service.ownerUrl }).initialize();
  const runner = owner.createQueryRunner();
  const migration = new AddGeohashes1764100000003();
  await migration.down(runner);
  await migration.up(runner);
  await owner.destroy();
  expect(await locations('(precision: 8)')).toEqual(before);
});

test.each([0, 9])('a precision of %s is refused', async (precision) => {
  expect(await refusals(company, `dialoguesByLocation(precision: ${precision}) { unknown }`)).toEqual([
    {
      code: 'BAD_USER_INPUT',
      field: ['precision'],
      message: `precision: ${precision} is outside 1 to 8; ask for a number within.`,
    },
  ]);
});

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';

/** The geohash of a place by arithmetic: the numbers of its strips, their binary digits in turn. */
function plainGeohash(latitude: number, longitude: number, precision: number): string {
  const digits = (value: number, range: number, bits: number) =>
    Math.min(Math.floor(((value + range / 2) / range) * 2 ** bits), 2 ** bits - 1)
      .toString(2)
      .padStart(bits, '0');
  const [east, north] = [digits(longitude, 360, Math.ceil(2.5 * precision)), digits(latitude, 180, 20)];
  const turns = Array.from(east, (digit, index) => digit + (north[index] ?? '')).join('');
  return Array.from({ length: precision }, (_, index) => {
    return ALPHABET[Number.parseInt(turns.slice(5 * index, 5 * index + 5), 2)];
  }).join('');
}

/** Degrees that a cell's edge may pass through, and others. */
const degrees = (most: number) =>
  fc.oneof(
    fc.integer({ min: -64, max: 64 }).map((part) => (part * most) / 64),
    fc.integer({ min: -most, max: most }).map((one) => one / 7),
  );

test('[CHAT-49] any places are counted in the cells that plain arithmetic gives, edges and poles included', async () => {
  const place = fc.record({ latitude: degrees(90), longitude: degrees(180) });
  const places = fc.array(place, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 8 }), async (of, precision) => {
      company = await service.company();
      await company.ingest(
        'dialogues',
        of.map((one, index) => dialogue(`d${index}`, one)),
      );
      const { cells, unknown } = await locations(`(precision: ${precision}, first: 1000)`);
      const counts = Map.groupBy(of, ({ latitude, longitude }) => plainGeohash(latitude, longitude, precision));
      const expected = [...counts].map(([geohash, { length: count }]) => ({ geohash, count }));
      expected.sort((one, other) => other.count - one.count || (one.geohash < other.geohash ? -1 : 1));
      expect(cells.map(({ geohash, count }: { geohash: string; count: number }) => ({ geohash, count }))).toEqual(
        expected,
      );
      expect(unknown).toBe(0);
    }),
    { numRuns: 25 },
  );
});
