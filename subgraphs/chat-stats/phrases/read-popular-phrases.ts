import { identifier, join, type Sql, sql, type Transaction, timestamp } from '#platform/database';
import { percent } from '#platform/numbers';
import { conditions, type Population } from '#platform/statistics';
import { coverDays } from '../days/cover-days.ts';
import { GATHERED_PHRASES, PHRASE_DAYS } from '../days/day-tables.ts';
import type { WholeDays } from '../days/local-days.ts';
import { dividePeriod, type Stretch } from '../days/whole-days.ts';
import type { ChatMessageFact } from '../messages/chat-message.fact.ts';

/** A phrase and how often it occurs among the messages of a population. */
export interface PhraseCount {
  readonly phrase: string;
  readonly count: number;
  /** Percent of all phrases counted, those that are not shown included. */
  readonly share: number;
}

export interface PhraseLimits {
  /** Fewest clients with whom a phrase must have occurred, ever, to be shown. */
  readonly minClients: number;
  readonly first: number;
}

/**
 * The most frequent phrases of an author: by count, then by phrase. Whole days are read from the sums that are kept of them, where the
 * population is all that the author wrote.
 * @param population of one author's messages
 */
export async function readPopularPhrases(
  transaction: Transaction,
  population: Population<ChatMessageFact>,
  { minClients, first }: PhraseLimits,
): Promise<PhraseCount[]> {
  const { companyId } = population;
  // In order before texts are looked up, so that they are for the first phrases only and not for all.
  const rows = await transaction.arrays<[phrase: string, count: string, total: string]>(
    'phrases.popular',
    sql`WITH counted AS MATERIALIZED (
        SELECT hash, sum(messages) AS messages FROM (${await partsOf(transaction, population)}) AS parts GROUP BY hash
        HAVING sum(messages) > 0
      )
      SELECT phrase, ordered.messages, (SELECT sum(messages) FROM counted)
      FROM (SELECT hash, messages FROM counted ORDER BY messages DESC) AS ordered
      JOIN phrases ON phrases.company_id = ${companyId} AND phrases.hash = ordered.hash
      WHERE clients >= ${minClients} ORDER BY ordered.messages DESC, phrase LIMIT ${first}`,
  );
  return rows.map(([phrase, count, total]) => {
    return { phrase, count: Number(count), share: percent(BigInt(count), BigInt(total)) ?? 0 };
  });
}

/** SELECTs of hash and messages, some to be taken away again, that add up to the phrases of the population. */
async function partsOf(transaction: Transaction, population: Population<ChatMessageFact>): Promise<Sql> {
  const { period, companyId, restrictions, conditions: further = [] } = population;
  const whole: Stretch = [period.from, period.to];
  const [author, ...others] = restrictions.filter(({ dimension }) => dimension === 'AUTHOR');
  const isAll = author && others.length === 0 && restrictions.length === 1 && further.length === 0;
  if (!isAll) return ofMessages(population, whole);
  const { days, rest } = await dividePeriod(transaction, whole, whole);
  const ofDays = days ? keptPhrases(companyId, author.keys, days) : [];
  return join([...ofDays, ...rest.map((stretch) => ofMessages(population, stretch))], sql` UNION ALL `);
}

/** Whole days from what is kept of them, of quarters and months as far as these reach. */
function keptPhrases(companyId: string, authors: readonly string[], { first, end }: WholeDays): Sql[] {
  return coverDays(first, end, GATHERED_PHRASES).map(({ gathered, first: from, end: to, isAdded }) => {
    const { table, unit } = gathered ?? { table: PHRASE_DAYS, unit: 'day' };
    const messages = isAdded ? sql`messages` : sql`-messages`;
    return sql`SELECT hash, ${messages} AS messages FROM ${identifier(table.name)}
      WHERE company_id = ${companyId} AND author = ANY(${authors}::text[])
        AND ${identifier(unit)} >= ${from}::date AND ${identifier(unit)} < ${to}::date`;
  });
}

function ofMessages(population: Population<ChatMessageFact>, [from, to]: Stretch): Sql {
  return sql`SELECT phrase_hash AS hash, 1 AS messages FROM ${population.fact.table}
    WHERE company_id = ${population.companyId} AND phrase_hash IS NOT NULL
      AND sent_at >= ${timestamp(from)} AND sent_at < ${timestamp(to)}${conditions(population)}`;
}
