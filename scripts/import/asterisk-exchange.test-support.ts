import fc from 'fast-check';

/** A call of the exchange as somebody who was there would tell it. Seconds are whole. */
export interface PlannedCall {
  /** Seconds after midnight of 10 March 2026 in Moscow. */
  at: number;
  direction: 'INBOUND' | 'OUTBOUND';
  trunk: string;
  number: string;
  /** Telephones that rang one after another, the last of which answered where anybody did. */
  extensions: string[];
  disposition: 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'CONGESTION';
  ringing: number;
  talk: number;
}

const planned = fc.record<PlannedCall>({
  at: fc.integer({ min: 0, max: 80_000 }),
  direction: fc.constantFrom('INBOUND', 'OUTBOUND'),
  trunk: fc.constantFrom('PJSIP/carrier-main', 'SIP/10.0.0.5', 'DAHDI/i1'),
  number: fc.integer({ min: 1_000_000, max: 1_000_040 }).map((tail) => `+7495${tail}`),
  extensions: fc.uniqueArray(fc.constantFrom('101', '102', '1003'), { minLength: 1, maxLength: 3 }),
  disposition: fc.constantFrom('ANSWERED', 'ANSWERED', 'ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION'),
  ringing: fc.integer({ min: 1, max: 40 }),
  talk: fc.integer({ min: 0, max: 600 }),
});

/** The same calls every time, with a queue that rings several telephones for some of those that come in. */
export function planCalls(count: number, seed: number): PlannedCall[] {
  const [calls = []] = fc.sample(fc.array(planned, { minLength: count, maxLength: count, size: 'max' }), {
    seed,
    numRuns: 1,
  });
  return calls.map((call) =>
    call.direction === 'INBOUND' ? call : { ...call, extensions: call.extensions.slice(0, 1) },
  );
}

/** What cdr.conf adds to the sixteen columns. */
export type Columns = 'uniqueid and userfield' | 'all';

/** Master.csv of these calls, as Asterisk writes it: texts quoted, numbers not, no header, an empty answer bare. */
export function masterCsv(calls: readonly PlannedCall[], columns: Columns): string {
  return calls.flatMap((call, index) => recordsOf(call, index, columns)).join('');
}

/** One record a telephone that rang; they share the uniqueid of the channel that came in, and have sequences of their own. */
function recordsOf(call: PlannedCall, index: number, columns: Columns): string[] {
  const uniqueid = `pbx-${1_773_090_000 + call.at}.${index}`;
  return call.extensions.map((extension, rank) => {
    const isLast = rank === call.extensions.length - 1;
    const disposition = isLast ? call.disposition : 'NO ANSWER';
    const billsec = isLast && call.disposition === 'ANSWERED' ? call.talk : 0;
    const start = call.at + rank * call.ringing;
    const fields = [
      quoted(''),
      ...[...parties(call, extension, index), ...application(call, extension)].map(quoted),
      quoted(clock(start)),
      disposition === 'ANSWERED' ? quoted(clock(start + call.ringing)) : '',
      quoted(clock(start + call.ringing + billsec)),
      String(call.ringing + billsec),
      String(billsec),
      quoted(disposition),
      quoted('DOCUMENTATION'),
      quoted(uniqueid),
      quoted(index % 3 === 0 ? 'note; "urgent", line' : ''),
      ...(columns === 'all' ? [quoted(''), quoted(uniqueid), String(index * 10 + rank)] : []),
    ];
    return `${fields.join(',')}\n`;
  });
}

function parties({ direction, trunk, number }: PlannedCall, extension: string, index: number): string[] {
  const suffix = (5_000 + index).toString(16).padStart(8, '0');
  const line = trunk.startsWith('DAHDI') ? `${trunk}/${number}-${index % 9}` : `${trunk}-${suffix}`;
  const telephone = `PJSIP/${extension}-${suffix}`;
  const clid = `"Smith, ""J"" & Co" <${number}>`;
  if (direction === 'INBOUND') return [number, extension, 'from-trunk', clid, line, telephone];
  return [extension, number, 'from-internal', `"" <${extension}>`, telephone, line];
}

function application({ direction, trunk, number }: PlannedCall, extension: string): string[] {
  return direction === 'INBOUND' ? ['Queue', 'sales,t,,,300'] : ['Dial', `${trunk}/${number},60,tT(${extension})`];
}

function clock(seconds: number): string {
  return new Date(Date.UTC(2026, 2, 10) + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
