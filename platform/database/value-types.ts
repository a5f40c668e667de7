import { types } from 'pg';

const TIMESTAMPTZ = 1184;
const TIMESTAMPTZ_ARRAY = 1185;

/** '2026-11-22 10:00:00.123+00', as a session in UTC prints it, to epoch milliseconds. */
function parseTimestamp(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`);
}

/**
 * How columns arrive in Node: timestamps as epoch milliseconds; bigint and numeric as text, so that nothing is rounded on
 * the way; everything else as pg does it.
 */
export const valueTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === TIMESTAMPTZ) return parseTimestamp;
    if (oid === TIMESTAMPTZ_ARRAY) throw new Error('arrays of timestamps are not read');
    return types.getTypeParser(oid, format as 'text');
  },
};

/** Epoch milliseconds as a parameter of type timestamptz. */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString();
}

/** The same for a value that may be missing. */
export function timestampOrNull(instant: number | null | undefined): string | null {
  return instant == null ? null : timestamp(instant);
}
