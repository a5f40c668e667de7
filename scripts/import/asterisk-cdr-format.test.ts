import { asteriskCdr } from './asterisk-cdr-format.ts';
import { readChannel, readDialled } from './asterisk-channel.ts';
import { instantsOf } from './local-time.ts';

async function read(line: string, timeZone = 'Europe/Berlin') {
  for await (const record of asteriskCdr.read(one(Buffer.from(line)), { timeZone })) {
    return record.fault ?? JSON.parse(record.json.toString());
  }
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

const REST = '"2026-03-10 09:30:00","2026-03-10 09:30:06","2026-03-10 09:30:10",9,4,"ANSWERED","DOCUMENTATION"';
const INBOUND = `"acc","+4930123456","s","from-pstn","""B, ""x"""" <+4930123456>","PJSIP/carrier-a-0000002a","PJSIP/101-0000002b","Dial","PJSIP/101,20",${REST}`;

test('a record becomes a leg: its end lies the duration behind its start, its answer the billed seconds before its end', async () => {
  expect(await read(`${INBOUND},"pbx-1773131400.42","user, field","","pbx-1773131399.41",7\n`)).toEqual({
    id: 'pbx-1773131400.42-7',
    rootId: 'pbx-1773131399.41',
    direction: 'INBOUND',
    status: 'ANSWERED',
    startedAt: '2026-03-10T08:30:00.000Z',
    answeredAt: '2026-03-10T08:30:05.000Z',
    endedAt: '2026-03-10T08:30:09.000Z',
    statusAt: '2026-03-10T08:30:09.000Z',
    trunkId: 'PJSIP/carrier-a',
    operatorId: '101',
    number: '+4930123456',
  });
});

const ID = '1773131400.42';
test.each([
  ['', undefined, /^cdr-[\w-]{24}$/],
  [`,"${ID}"`, ID, /^1773131400\.42-[\w-]{12}$/],
  [',"a note"', undefined, /^cdr-/],
  [`,"${ID}","a note"`, ID, /^1773131400\.42-/],
  [`,"${ID}","a note","1773131399.1"`, '1773131399.1', /^1773131400\.42-/],
  [',"","1773131399.1",3', '1773131399.1', /^cdr-/],
  [`,"${ID}","","1773131399.1",3`, '1773131399.1', /^1773131400\.42-3$/],
  [',"a note","","1773131399.1",3', '1773131399.1', /^cdr-/],
  [`,"${ID}","a note","","1773131399.1",3`, '1773131399.1', /^1773131400\.42-3$/],
  [`,"${'x'.repeat(100)}-${ID}","","","",3`, expect.stringMatching(/^[\w-]{43}$/), /^[\w-]{43}$/],
])('whatever cdr.conf adds, leg and call have ids: %s', async (extra, rootId, id) => {
  const leg = await read(`${INBOUND}${extra}\n`);
  expect([leg.rootId, leg.id]).toEqual([rootId, expect.stringMatching(id)]);
});

test.each([
  ['SIP/101-0000002a', 'extension 101'],
  ['PJSIP/carrier-main-0000002b', 'trunk PJSIP/carrier-main'],
  ['SIP/10.0.0.5-0000002c', 'trunk SIP/10.0.0.5'],
  ['DAHDI/i1/74951234567-3', 'trunk DAHDI/i1'],
  ['DAHDI/12-1', 'trunk DAHDI/12'],
  ['IAX2/carrier-1234', 'trunk IAX2/carrier'],
  ['Local/101@from-queue-0000000a;2', undefined],
  ['', undefined],
])('the channel %s is %s', (name, expected) => {
  const channel = readChannel(name);
  expect(channel && `${channel.kind} ${channel.id}`).toBe(expected);
});

test.each([
  ['Dial', 'SIP/carrier/74951234567,60,tT', 'SIP/carrier'],
  ['Dial', 'PJSIP/74951234567@carrier&PJSIP/101', 'PJSIP/carrier'],
  ['Dial', 'SIP/carrier/7495|60', 'SIP/carrier'],
  ['Queue', 'sales', undefined],
  ['Dial', '', undefined],
])('%s(%s) calls over %s', (application, data, expected) => {
  expect(readDialled(application, data)?.id).toBe(expected);
});

test('a call that found no channel has the trunk that Dial was told, and one between telephones has none', async () => {
  const failed = `"","101","0049301234567","ctx","<101>","SIP/101-1a","","Dial","SIP/carrier/0049301234567",${REST}`;
  const parties = { direction: 'OUTBOUND', trunkId: 'SIP/carrier', number: '0049301234567', operatorId: '101' };
  expect(await read(failed.replace('ANSWERED', 'CONGESTION'))).toMatchObject({ status: 'CONGESTION', ...parties });
  const inside = await read(`"","101","102","ctx","<101>","SIP/101-1a","SIP/102-1b","Dial","SIP/102",${REST}`);
  expect([inside.direction, inside.trunkId, inside.number, inside.operatorId]).toEqual([
    'OUTBOUND',
    undefined,
    undefined,
    '102',
  ]);
});

test('local times: one that is repeated is two, one that is skipped moves forward', async () => {
  const shown = (text: string) => instantsOf(text, 'Europe/Berlin')?.map((instant) => new Date(instant).toISOString());
  expect(shown('2025-10-26 02:30:00')).toEqual(['2025-10-26T00:30:00.000Z', '2025-10-26T01:30:00.000Z']);
  expect(shown('2026-03-29 02:30:00')).toEqual(['2026-03-29T01:30:00.000Z']);
  expect(shown('2026-07-01 12:00:00')).toEqual(['2026-07-01T10:00:00.000Z']);
  expect([shown('2026-02-30 00:00:00'), shown('2026-03-10T09:30:00')]).toEqual([undefined, undefined]);
  // The uniqueid tells which of the two it was; without one it is the first.
  const repeated = INBOUND.replaceAll('2026-03-10 09:30', '2025-10-26 02:30');
  const startOf = async (extra: string) => (await read(`${repeated}${extra}`)).startedAt;
  expect(await startOf(`,"${Date.parse('2025-10-26T01:30:00Z') / 1000}.5",""`)).toBe('2025-10-26T01:30:00.000Z');
  expect(await startOf('')).toBe('2025-10-26T00:30:00.000Z');
});
