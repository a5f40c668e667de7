import { createHmac } from 'node:crypto';
import { sql, type Transaction } from '#platform/database';
import { randomSecret } from '#platform/identity';
import type { BatchContext } from '#platform/ingest';
import type { CallLine } from './call.line.ts';
import { normaliseNumber } from './normalise-number.ts';

/**
 * Gives lines with a number its hash: numbers that are the same in one spelling have the same hash within a company, and nobody
 * can tell a number from one.
 */
export async function hashNumbers(
  transaction: Transaction,
  lines: readonly CallLine[],
  { config: { PHONE_COUNTRY } }: BatchContext,
): Promise<readonly CallLine[]> {
  if (lines.every(({ number }) => number === undefined)) return lines;
  const salt = await ensureSalt(transaction);
  return lines.map((line) => {
    if (line.number === undefined) return line;
    const number = normaliseNumber(line.number, PHONE_COUNTRY);
    const numberHash = number && createHmac('sha256', salt).update(number).digest('base64url');
    return { ...line, number: undefined, numberHash };
  });
}

/** The company's secret, made on first use. The caller holds the company's lock. */
async function ensureSalt(transaction: Transaction): Promise<string> {
  const { companyId } = transaction;
  const [known] = await transaction.arrays<[string]>(
    'number_salts.read',
    sql`SELECT salt FROM number_salts WHERE company_id = ${companyId}`,
  );
  if (known) return known[0];
  const salt = randomSecret();
  await transaction.execute(
    'number_salts.add',
    sql`INSERT INTO number_salts (company_id, salt) VALUES (${companyId}, ${salt})`,
  );
  return salt;
}
