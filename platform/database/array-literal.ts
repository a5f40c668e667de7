const NEEDS_ESCAPE = /["\\]/;
const EVERY_ESCAPED = /["\\]/g;

/**
 * An array of texts, numbers, booleans and nulls as PostgreSQL reads it, such as {"a",NULL,"b"}. The driver would do the same in
 * several times the time, and batches of intake are made of such arrays.
 */
export function arrayLiteral(values: readonly (string | number | bigint | boolean | null | undefined)[]): string {
  let literal = '{';
  for (const value of values) {
    if (literal.length > 1) literal += ',';
    if (value == null) literal += 'NULL';
    else if (typeof value !== 'string') literal += value;
    else literal += `"${NEEDS_ESCAPE.test(value) ? value.replace(EVERY_ESCAPED, '\\$&') : value}"`;
  }
  return `${literal}}`;
}
