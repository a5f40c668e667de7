import { type IngestAnswer, ingestStream, type LineOutcome } from '#platform/ingest';
import type { DirectoryEntry } from './directory-entry.ts';
import { directoryLines, type PassedLine } from './directory-line.ts';

/** What a subgraph that keeps these kinds stores of lines, and what it answers. */
async function ingest(lines: readonly (object | '')[]): Promise<{ answer: IngestAnswer; stored: string[] }> {
  const stored: string[] = [];
  const store = async (batch: readonly (DirectoryEntry | PassedLine)[]): Promise<LineOutcome[]> => {
    stored.push(...batch.map((line) => ('passed' in line ? 'passed' : `${line.kind} ${line.id} ${line.name}`)));
    return batch.map(() => 'inserted');
  };
  async function* body() {
    yield Buffer.from(lines.map((line) => (line === '' ? '' : JSON.stringify(line))).join('\n'));
  }
  const kinds = directoryLines({ keeps: ['BOT', 'OPERATOR', 'TRUNK'], counts: ['TRUNK'] });
  const storeAll = async () => Promise.reject(new Error('nothing is atomic here'));
  const { answer } = await ingestStream(
    kinds,
    body(),
    { store, storeAll },
    { now: Date.UTC(2026, 2, 1), atomic: false },
  );
  return { answer, stored };
}

test('a subgraph stores lines that another one counts, and counts its own alone, faults included', async () => {
  const { answer, stored } = await ingest([
    { kind: 'BOT', id: 'b', name: 'Helper' },
    '',
    { kind: 'TRUNK', id: 't', name: 'Main', callsPerSecondLimit: 5 },
    { kind: 'OPERATOR', id: 'o' },
    { kind: 'TRUNK', id: 'x', name: 'X', callsPerSecondLimit: -1 },
    { kind: 'OPERATOR', id: 'o', deleted: true },
  ]);
  expect(stored).toEqual(['BOT b Helper', 'TRUNK t Main', 'passed', 'OPERATOR o null']);
  expect(answer).toEqual({
    received: 2,
    inserted: 1,
    updated: 0,
    unchanged: 0,
    waiting: 0,
    rejected: 1,
    errors: [
      {
        line: 5,
        code: 'INVALID_FIELD',
        field: 'callsPerSecondLimit',
        message: 'callsPerSecondLimit -1 is out of range; send a whole number from 0 to 1000000.',
      },
    ],
  });
});
