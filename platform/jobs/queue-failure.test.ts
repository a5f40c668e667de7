import { pino } from 'pino';
import { logQueueFailure } from './queue-failure.ts';

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), { code, client: { secretKey: 'hunter2' } });

/** What is logged, of the least severity given. */
function logged(level: string, error: Error): string[] {
  const lines: string[] = [];
  logQueueFailure(pino({ level }, { write: (line: string) => lines.push(line) }), error);
  return lines;
}

test.each([
  ['terminating connection due to unexpected postmaster exit', '57P01'],
  ['read ECONNRESET', 'ECONNRESET'],
  ['Connection terminated unexpectedly', undefined],
])('a connection that was cut (%s) is told to those who look closely, and to nobody else', (message, code) => {
  expect(logged('info', failure(message, code))).toEqual([]);
  expect(logged('debug', failure(message, code))).toHaveLength(1);
});

test('any other failure is an error, without the connection that it happened on', () => {
  const [line = ''] = logged('error', failure('relation "job" does not exist', '42P01'));
  expect(JSON.parse(line)).toMatchObject({
    level: 50,
    msg: 'the job queue failed',
    err: { type: 'Error', message: 'relation "job" does not exist', code: '42P01' },
  });
  expect(line).not.toContain('hunter2');
});
