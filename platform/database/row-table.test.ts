import { type Database, RowTable } from '#platform/database';
import { type OpenedDatabase, openDatabase } from './opened-database.test-support.ts';

interface Note {
  id: string;
  shelf: string;
  weight: bigint | null;
}

/** The column of `id` bears another name. */
const NOTES = new RowTable<Note>('notes', {
  id: { name: 'note_id', type: 'text' },
  shelf: { name: 'shelf', type: 'text' },
  weight: { name: 'weight', type: 'bigint' },
});

let opened: OpenedDatabase;
let database: Database;
beforeAll(async () => {
  opened = await openDatabase();
  const owner = await opened.connect();
  await owner.query(`CREATE TABLE messaging_stats.notes (company_id bigint NOT NULL, note_id text COLLATE "C" NOT NULL,
    shelf text NOT NULL, weight bigint, PRIMARY KEY (company_id, note_id))`);
  await owner.query('GRANT SELECT, INSERT, UPDATE, DELETE ON messaging_stats.notes TO messaging_stats');
  database = opened.pool('messaging_stats');
});
afterAll(() => opened.drop());

const note = (id: string, shelf: string, weight: bigint | null = null): Note => ({ id, shelf, weight });

test('rows are written, changed, read and removed by a key of any name', async () => {
  const left = await database.write('7', async (transaction) => {
    await NOTES.insert(transaction, [note('a', 'x', 2n ** 62n), note('b', 'x'), note('c', 'y')]);
    await NOTES.update(transaction, [note('b', 'z', 1n)]);
    await NOTES.delete(transaction, ['c', 'unknown']);
    return NOTES.read(transaction, ['a', 'b', 'c']);
  });
  expect(left).toEqual(
    new Map([
      ['a', note('a', 'x', 2n ** 62n)],
      ['b', note('b', 'z', 1n)],
    ]),
  );
});

test('rows are found by the value of another column, those of the company alone', async () => {
  await database.write('8', (transaction) =>
    NOTES.insert(transaction, [note('a', 'x'), note('b', 'y'), note('c', 'z')]),
  );
  await database.write('9', (transaction) => NOTES.insert(transaction, [note('a', 'x')]));
  const found = await database.read('8', (transaction) => NOTES.readBy(transaction, 'shelf', ['x', 'z', 'nowhere']));
  expect(found.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual([note('a', 'x'), note('c', 'z')]);
  expect(await database.read('8', (transaction) => NOTES.readBy(transaction, 'shelf', []))).toEqual([]);
});

test('a row that is not there is not changed in silence', async () => {
  const change = database.write('10', (transaction) => NOTES.update(transaction, [note('a', 'x')]));
  await expect(change).rejects.toThrow('notes: 0 rows written where 1 were meant');
});
