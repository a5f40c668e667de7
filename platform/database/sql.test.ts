import fc from 'fast-check';
import { identifier, join, parseCompanyId, sql } from './index.ts';

test('whatever is inserted into a statement travels beside its text, however it is put together', () => {
  const hostile = "'; DROP TABLE messages; --";
  const conditions = join([sql`a = ${hostile}`, sql`b = ANY(${[hostile]})`], sql` AND `);
  const statement = sql`SELECT ${identifier('messages', 'id')} FROM messages WHERE ${conditions}${sql``} LIMIT ${5}`;
  expect(statement.toStatement()).toEqual({
    text: 'SELECT messages.id FROM messages WHERE a = $1 AND b = ANY($2) LIMIT $3',
    values: [hostile, [hostile], 5],
  });
});

test('the text of a statement depends on its pieces and never on its values', () => {
  const build = (values: unknown[]) => sql`SELECT ${join(values.map((value) => sql`${value}`))}`.toStatement();
  fc.assert(
    fc.property(fc.array(fc.anything(), { minLength: 1, maxLength: 20 }), (values) => {
      const { text, values: passed } = build(values);
      expect(text).toBe(`SELECT ${values.map((_, index) => `$${index + 1}`).join(', ')}`);
      expect(passed).toEqual(values);
    }),
  );
});

test('an object that only looks like a piece of SQL is a value', () => {
  const forged = { strings: ['1; DROP TABLE messages'], inserts: [], write: () => '1; DROP TABLE messages' };
  expect(sql`SELECT ${forged}`.toStatement()).toEqual({ text: 'SELECT $1', values: [forged] });
});

test.each(['Messages', 'a b', 'a;b', '"a"', '', '1a', 'a.b', 'é'])('%j is no name of this database', (name) => {
  expect(() => identifier('messages', name)).toThrow(`not a name of this database: ${name}`);
});

test.each([
  ['1', '1'],
  [1, '1'],
  ['9223372036854775807', '9223372036854775807'],
  [Number.MAX_SAFE_INTEGER, '9007199254740991'],
])('[GEN-09] %j is the company number %s', (value, number) => {
  expect(parseCompanyId(value)).toBe(number);
});

test.each([
  ['', 'nothing'],
  ['0', 'below 1'],
  [0, 'below 1'],
  [-1, 'below 1'],
  ['-1', 'below 1'],
  ['01', 'a second spelling of 1'],
  [' 1', 'a second spelling of 1'],
  ['1\n', 'a second spelling of 1'],
  ['+1', 'a second spelling of 1'],
  ['1.0', 'a second spelling of 1'],
  ['1e3', 'a second spelling of 1000'],
  ['٣', 'not an ASCII digit'],
  ['9223372036854775808', 'above bigint'],
  [1.5, 'not whole'],
  [1e21, 'above bigint'],
  [Number.NaN, 'no number'],
  // JSON has already rounded it: 9007199254740993 arrives as this, and would be another company.
  [2 ** 53, 'not exact'],
  [true, 'of another type'],
  [['1'], 'of another type'],
  [{}, 'of another type'],
  [null, 'of another type'],
  [undefined, 'of another type'],
])('[GEN-09] %j is no company number: it is %s', (value: unknown, _why: string) => {
  expect(parseCompanyId(value)).toBeUndefined();
});
