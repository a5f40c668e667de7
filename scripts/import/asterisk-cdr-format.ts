import { type CdrRecord, idsOf, readCdr } from './asterisk-cdr-record.ts';
import { readChannel, readDialled } from './asterisk-channel.ts';
import { CsvLines } from './csv-lines.ts';
import { readRecords } from './csv-records.ts';
import type { FileRecord, Format, LocalClocks, RecordFault } from './format.ts';
import { instantsOf } from './local-time.ts';

/** The statuses of calls by Asterisk's dispositions. */
const STATUSES: Readonly<Record<string, string>> = {
  ANSWERED: 'ANSWERED',
  'NO ANSWER': 'NO_ANSWER',
  BUSY: 'BUSY',
  FAILED: 'FAILED',
  CONGESTION: 'CONGESTION',
};
/** Fewer digits are a telephone of the company, or a code of its exchange. */
const SHORTEST_OUTSIDE_NUMBER = 7;

/** Call detail records as Asterisk's cdr_csv writes them: no header, quoted texts, local times. */
export const asteriskCdr: Format = {
  name: 'asterisk-cdr',
  description:
    "Asterisk's Master.csv, 16 to 21 columns without a header; its times are of the zone of --time-zone, else of the company's own",
  kinds: ['calls'],
  hasLocalTimes: true,
  read: readAsteriskCdr,
};

async function* readAsteriskCdr(
  source: AsyncIterable<Buffer>,
  { timeZone }: LocalClocks = { timeZone: 'UTC' },
): AsyncGenerator<FileRecord> {
  const lines = new CsvLines();
  for await (const { line, cells } of readRecords(told(source, lines), lines, ',')) {
    const record = readCdr(cells);
    const leg = record ? toLeg(record, cells, timeZone) : wrongCount(cells.length);
    yield isFault(leg) ? { line, fault: leg.fault } : { line, json: Buffer.from(JSON.stringify(leg)) };
  }
}

function isFault(leg: object): leg is { fault: RecordFault } {
  return 'fault' in leg;
}

/** The blocks as they are; names of callers in other encodings than UTF-8 do no harm, as they go no further. */
async function* told(source: AsyncIterable<Buffer>, lines: CsvLines): AsyncGenerator<Buffer> {
  for await (const block of source) {
    lines.add(block);
    yield block;
  }
}

/**
 * The leg as a line of kind `calls`. It ends `duration` seconds after its start and was answered `billsec` before its end: the
 * seconds that Asterisk counted hold where clocks were put back during the call.
 */
function toLeg(record: CdrRecord, cells: readonly string[], timeZone: string): object | { fault: RecordFault } {
  const { start, disposition } = record;
  const status = STATUSES[disposition.trim().toUpperCase().replace('_', ' ')];
  if (!status) return invalid('disposition', disposition, `one of ${Object.keys(STATUSES).join(', ')}`);
  const startedAt = startOf(record, timeZone);
  if (startedAt === undefined) return invalid('start', start, 'a local time such as 2026-03-10 09:30:00');
  const [duration, billsec] = [seconds(record.duration), seconds(record.billsec)];
  if (duration === undefined) return invalid('duration', record.duration, 'whole seconds');
  if (billsec === undefined) return invalid('billsec', record.billsec, 'whole seconds');
  const endedAt = startedAt + duration * 1000;
  const isAnswered = status === 'ANSWERED';
  return {
    ...idsOf(record, cells),
    status,
    startedAt: iso(startedAt),
    ...(isAnswered && { answeredAt: iso(Math.max(startedAt, endedAt - billsec * 1000)) }),
    endedAt: iso(endedAt),
    statusAt: iso(endedAt),
    ...partiesOf(record),
  };
}

/** Of a local time that clocks show twice the moment that is nearer to the one in the uniqueid, else the first. */
function startOf({ start, uniqueid }: CdrRecord, timeZone: string): number | undefined {
  const instants = instantsOf(start, timeZone);
  const madeAt = Number(/(\d{9,11})\.\d+$/.exec(uniqueid)?.[1] ?? 0) * 1000;
  return instants?.reduce((best, one) => (madeAt && Math.abs(one - madeAt) < Math.abs(best - madeAt) ? one : best));
}

/** Who called whom: a call that came in over a trunk is inbound, every other one outbound. */
function partiesOf(record: CdrRecord) {
  const from = readChannel(record.channel);
  const to = readChannel(record.dstchannel) ?? readDialled(record.lastapp, record.lastdata);
  const extension = [to, from].find((channel) => channel?.kind === 'extension')?.id;
  const operator = extension === undefined ? {} : { operatorId: extension };
  if (from?.kind === 'trunk') {
    const number = record.src || (/<([^<>]*)>\s*$/.exec(record.clid)?.[1] ?? '');
    return { direction: 'INBOUND', trunkId: from.id, ...(number && { number }), ...operator };
  }
  const trunk = to?.kind === 'trunk' ? { trunkId: to.id } : {};
  const isOutside = 'trunkId' in trunk || record.dst.replace(/\D/g, '').length >= SHORTEST_OUTSIDE_NUMBER;
  return { direction: 'OUTBOUND', ...trunk, ...(isOutside && record.dst && { number: record.dst }), ...operator };
}

function seconds(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

function invalid(column: string, value: string, remedy: string): { fault: RecordFault } {
  return { fault: { code: 'INVALID_FIELD', message: `${column} ${JSON.stringify(value)} is not ${remedy}.` } };
}

function wrongCount(count: number): { fault: RecordFault } {
  const message = `The record has ${count} ${count === 1 ? 'column' : 'columns'}; Master.csv has 16 to 21.`;
  return { fault: { code: 'INVALID_CSV', message } };
}
