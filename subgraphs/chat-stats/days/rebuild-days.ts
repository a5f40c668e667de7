import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import type { DayTable } from './day-table.ts';
import { GATHERED_PHRASES, OPERATOR_DAYS, OPERATOR_STATE_DAYS, PHRASE_DAYS } from './day-tables.ts';
import type { LocalDays } from './local-days.ts';

/** Makes all sums by day anew from the rows that they are made of. */
export async function rebuildDays(transaction: Transaction, days: LocalDays): Promise<void> {
  const { companyId } = transaction;
  // A company's whole history at once: it may take longer than what clients wait for.
  await transaction.execute('days.take_time', sql`SET LOCAL statement_timeout = 0`);
  const gathered = GATHERED_PHRASES.map(({ table }) => table);
  for (const { name } of [OPERATOR_DAYS, OPERATOR_STATE_DAYS, PHRASE_DAYS, ...gathered]) {
    await transaction.execute('days.clear', sql`DELETE FROM ${identifier(name)} WHERE company_id = ${companyId}`);
  }
  const ofMessages = await boundsOf(transaction, days, sql`chat_messages`, [sql`sent_at`]);
  if (ofMessages) {
    await transaction.execute('operator_days.make', operatorDays(companyId, ofMessages));
    await transaction.execute('phrase_days.make', phraseDays(companyId, ofMessages));
    for (const { table, unit } of GATHERED_PHRASES)
      await transaction.execute(`${table.name}.make`, gatheredPhrases(companyId, table, unit));
  }
  const ofStates = await boundsOf(transaction, days, sql`operator_states`, [sql`at`, sql`until`]);
  if (ofStates) await transaction.execute('operator_state_days.make', stateDays(companyId, ofStates));
  await transaction.execute('days.time_taken', sql`SET LOCAL statement_timeout TO DEFAULT`);
}

/** Where days begin, ascending, and which days these are: arrays of parameters. */
interface Bounds {
  readonly starts: Sql;
  readonly days: Sql;
}

/** The days that a table's instants lie on; undefined where it has no rows. */
async function boundsOf(
  transaction: Transaction,
  days: LocalDays,
  table: Sql,
  columns: readonly Sql[],
): Promise<Bounds | undefined> {
  const ends = columns.flatMap((column) => [sql`min(${column})`, sql`max(${column})`]);
  const [row] = await transaction.arrays<(number | null)[]>(
    'days.span',
    sql`SELECT ${join(ends)} FROM ${table} WHERE company_id = ${transaction.companyId}`,
  );
  const instants = (row ?? []).filter((instant) => instant !== null);
  if (instants.length === 0) return undefined;
  const met = days.meeting(Math.min(...instants), Math.max(...instants) + 1);
  return { starts: sql`${met.map((day) => timestamp(days.startOf(day)))}::timestamptz[]`, days: sql`${met}::date[]` };
}

const counted = (companyId: string) => sql`chat_messages AS message
  JOIN dialogues ON dialogues.company_id = message.company_id AND dialogues.id = message.dialogue_id
  WHERE message.company_id = ${companyId}`;

function operatorDays(companyId: string, { starts, days }: Bounds): Sql {
  return sql`INSERT INTO operator_days (company_id, day, operator_id, gap, dialogues, messages)
    SELECT ${companyId}, day, operator_id, gap, count(*), sum(messages) FROM (
      SELECT operator_id, day, messages,
        coalesce(day - lag(day) OVER (PARTITION BY operator_id, dialogue_id ORDER BY day), 0) AS gap
      FROM (
        SELECT operator_id, dialogue_id, (${days})[width_bucket(sent_at, ${starts})] AS day, count(*) AS messages
        FROM ${counted(companyId)} AND author = 'OPERATOR' GROUP BY 1, 2, 3
      ) AS days_of_dialogues
    ) AS gaps GROUP BY day, operator_id, gap`;
}

function phraseDays(companyId: string, { starts, days }: Bounds): Sql {
  return sql`INSERT INTO phrase_days (company_id, author, day, hash, messages)
    SELECT ${companyId}, author::text, (${days})[width_bucket(sent_at, ${starts})], phrase_hash, count(*)
    FROM ${counted(companyId)} AND phrase_hash IS NOT NULL GROUP BY 2, 3, phrase_hash`;
}

function gatheredPhrases(companyId: string, { name }: DayTable, unit: string): Sql {
  const span = identifier(unit);
  return sql`INSERT INTO ${identifier(name)} (company_id, author, ${span}, hash, messages)
    SELECT ${companyId}, author, date_trunc(${unit}, day::timestamp)::date AS ${span}, hash, sum(messages)
    FROM phrase_days WHERE company_id = ${companyId} GROUP BY author, ${span}, hash`;
}

function stateDays(companyId: string, { starts, days }: Bounds): Sql {
  return sql`INSERT INTO operator_state_days (company_id, day, operator_id, state, ms)
    SELECT ${companyId}, (${days})[bucket], operator_id, state,
      sum(extract(epoch FROM least(until, (${starts})[bucket + 1]) - greatest(at, (${starts})[bucket])) * 1000)::bigint
    FROM operator_states
    CROSS JOIN LATERAL generate_series(
      width_bucket(at, ${starts}), width_bucket(until - interval '1 millisecond', ${starts})
    ) AS bucket
    WHERE company_id = ${companyId} AND state <> 'OFFLINE' AND until - at <= '7 days'
    GROUP BY bucket, operator_id, state`;
}
