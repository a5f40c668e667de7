import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestService, type TestService } from '../../tests/support/test-service.ts';
import { testTerminal } from '../command-line/terminal.test-support.ts';
import { masterCsv, type PlannedCall, planCalls } from './asterisk-exchange.test-support.ts';
import { runImport } from './import-command.ts';

let service: TestService;
let directory: string;
beforeAll(async () => {
  service = await startTestService();
  directory = await mkdtemp(join(tmpdir(), 'statistics-cdr-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true });
});

const CALLS = planCalls(200, 42);
const RECORDS = CALLS.flatMap(({ extensions }) => extensions).length;
const SELECTION = `counters { total answered contacts contactsReached talkSeconds }
  byStatus: breakdown(by: [STATUS]) { keys counters { total } }
  byTrunk: breakdown(by: [TRUNK, DIRECTION]) { keys counters { total talkSeconds } }
  byOperator: breakdown(by: [OPERATOR]) { keys counters { total } }
  series(granularity: HOUR) { lines { total } }`;

/** Imports a text as a file of a company, and what the company's statistics of 10 March say then. */
async function importing(text: string | Buffer, more: string[] = [], zone = 'Europe/Moscow') {
  const company = await service.company({ timeZone: zone });
  await writeFile(join(directory, 'Master.csv'), text);
  const environment = { STATISTICS_TOKEN: await service.token({ companyId: company.id, scopes: ['ingest:write'] }) };
  const argv = ['calls', 'Master.csv', '--company', company.id, '--url', service.url, '--format', 'asterisk-cdr'];
  const run = async () => {
    const test = testTerminal({ environment, directory });
    const status = await runImport([...argv, ...more], test.terminal);
    return { status, lines: test.stdout().split('\n'), stderr: test.stderr() };
  };
  const ask = async (selection: string) => {
    const period = '{ dates: { startDate: "2026-03-10", endDate: "2026-03-10" }, timeZone: "Europe/Moscow" }';
    const { data, errors } = await company.graph(`{ telephonyStats(period: ${period}) { ${selection} } }`);
    expect(errors).toBeUndefined();
    return data.telephonyStats;
  };
  return { first: await run(), run, ask };
}

const count = (name: string, figure: number) => `${name.padEnd(9)}  ${figure}`;
const talkOf = ({ disposition, talk }: PlannedCall) => (disposition === 'ANSWERED' ? talk : 0);

/** Lines of a breakdown, counted from the plan. */
function expectedBy(keysOf: (call: PlannedCall) => string[], withTalk = false) {
  const groups = Map.groupBy(CALLS, (call) => JSON.stringify(keysOf(call)));
  const total = (calls: readonly PlannedCall[]) => calls.reduce((sum, call) => sum + talkOf(call), 0);
  return [...groups]
    .map(([keys, calls]) => ({
      keys: JSON.parse(keys) as string[],
      counters: { total: calls.length, ...(withTalk && { talkSeconds: total(calls) }) },
    }))
    .sort((a, b) => b.counters.total - a.counters.total || (a.keys < b.keys ? -1 : 1));
}

/** The figures of the planned calls, counted without the service and without the file. */
function expected() {
  const answered = CALLS.filter(({ disposition }) => disposition === 'ANSWERED');
  const contacts = (calls: readonly PlannedCall[]) => new Set(calls.map(({ number }) => number)).size;
  const hours = Array.from(
    { length: 24 },
    (_, hour) => CALLS.filter(({ at }) => Math.floor(at / 3600) === hour).length,
  );
  return {
    counters: {
      total: CALLS.length,
      answered: answered.length,
      contacts: contacts(CALLS),
      contactsReached: contacts(answered),
      talkSeconds: CALLS.reduce((sum, call) => sum + talkOf(call), 0),
    },
    byStatus: expectedBy(({ disposition }) => [disposition.replace(' ', '_')]),
    byTrunk: expectedBy(({ trunk, direction }) => [trunk, direction], true),
    // Of a call that nobody answered the last telephone that rang decides.
    byOperator: expectedBy(({ extensions }) => [extensions.at(-1) as string]),
    series: { lines: [{ total: hours }] },
  };
}

test.each(['all', 'uniqueid and userfield'] as const)(
  '[TEL-01] [TEL-07] [TEL-10] [TEL-16] [TEL-19] a Master.csv with %s gives the figures of its calls, and again the same',
  async (columns) => {
    const { first, run, ask } = await importing(masterCsv(CALLS, columns));
    expect([first.status, first.lines.slice(0, 2)]).toEqual([
      0,
      [count('received', RECORDS), count('inserted', RECORDS)],
    ]);
    expect(await ask(SELECTION)).toEqual(expected());
    const again = await run();
    expect(again.lines).toContain(count('unchanged', RECORDS));
    expect(await ask(SELECTION)).toEqual(expected());
  },
);

/** A record of one outbound call, but for what is said. */
function record(
  fields: Partial<Record<'start' | 'duration' | 'disposition' | 'channel' | 'dst', string>>,
  ...extra: string[]
) {
  const { start = '2026-03-10 09:30:00', duration = '10', disposition = 'ANSWERED' } = fields;
  const { channel = 'SIP/101-0000002a', dst = '84951234567' } = fields;
  const fixed = [
    '',
    '101',
    dst,
    'ctx',
    '"A" <101>',
    channel,
    'SIP/carrier-0000002b',
    'Dial',
    'SIP/carrier/1',
    start,
    start,
  ];
  return [...fixed, start, duration, '4', disposition, 'BILLING', ...extra]
    .map((cell) => `"${cell.replaceAll('"', '""')}"`)
    .join();
}

test('[TEL-19] a record that is none is rejected with its line and the remedy, and the others are kept', async () => {
  const good = record({}, '1773124200.1', '');
  const bad = [
    record({ disposition: 'UNKNOWN' }, 'a', ''),
    record({ start: '2026-02-30 10:00:00' }, 'b', ''),
    record({ duration: '-1' }, 'c', ''),
    '"one","two"',
  ];
  // Names of callers may be in any encoding.
  const name = Buffer.from(`${record({}, '1773124200.2', 'caf\u00e9')}\n`, 'latin1');
  const { first, ask } = await importing(Buffer.concat([Buffer.from(`${[good, '', ...bad].join('\r\n')}\r\n`), name]));
  expect(first.status).toBe(1);
  expect(first.lines.slice(5)).toEqual([
    count('rejected', 4),
    'line 3: INVALID_FIELD: disposition "UNKNOWN" is not one of ANSWERED, NO ANSWER, BUSY, FAILED, CONGESTION.',
    'line 4: INVALID_FIELD: start "2026-02-30 10:00:00" is not a local time such as 2026-03-10 09:30:00.',
    'line 5: INVALID_FIELD: duration "-1" is not whole seconds.',
    'line 6: INVALID_CSV: The record has 2 columns; Master.csv has 16 to 21.',
    '',
  ]);
  expect(await ask('counters { total talkSeconds }')).toEqual({ counters: { total: 2, talkSeconds: 8 } });
});

test('[TEL-01] records without uniqueid have ids of their own, and the same record always the same', async () => {
  const records = [record({}), record({ start: '2026-03-10 09:30:01' }), record({})];
  const { first, run } = await importing(records.join('\n'));
  expect(first.lines.slice(0, 4)).toEqual([
    count('received', 3),
    count('inserted', 2),
    count('updated', 0),
    count('unchanged', 1),
  ]);
  expect((await run()).lines).toContain(count('unchanged', 3));
});

test('[TEL-18] times are of the zone that is named, else of the company', async () => {
  const hourOf = async (more: string[], zone: string) => {
    const { ask } = await importing(record({}, '1.1', ''), more, zone);
    const { series } = await ask('series(granularity: HOUR) { lines { total } }');
    return series.lines[0].total.indexOf(1);
  };
  expect([await hourOf([], 'Europe/Moscow'), await hourOf([], 'UTC')]).toEqual([9, 12]);
  expect(await hourOf(['--time-zone', 'asia/kathmandu'], 'UTC')).toBe(6);
  const { first } = await importing(record({}), ['--time-zone', '+03:00']);
  expect(first.stderr).toMatch(/^import: --time-zone "\+03:00" is not the name of a time zone; /);
});
