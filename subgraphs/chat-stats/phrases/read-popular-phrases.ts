import { sql, type Transaction, timestamp } from '#platform/database';
import { percent } from '#platform/numbers';
import { conditions, type Population } from '#platform/statistics';
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

/** The most frequent phrases of a population's messages: by count, then by phrase. */
export async function readPopularPhrases(
  transaction: Transaction,
  population: Population<ChatMessageFact>,
  { minClients, first }: PhraseLimits,
): Promise<PhraseCount[]> {
  const { companyId, period, fact } = population;
  const rows = await transaction.arrays<[phrase: string, count: string, total: string]>(
    'phrases.popular',
    sql`WITH counted AS MATERIALIZED (
        SELECT phrase_hash, count(*) AS messages FROM ${fact.table} WHERE company_id = ${companyId} AND phrase_hash IS NOT NULL
          AND sent_at >= ${timestamp(period.from)} AND sent_at < ${timestamp(period.to)}${conditions(population)}
        GROUP BY phrase_hash
      )
      SELECT phrase, counted.messages, (SELECT sum(messages) FROM counted) FROM counted
      JOIN phrases ON phrases.company_id = ${companyId} AND hash = phrase_hash
      WHERE clients >= ${minClients} ORDER BY counted.messages DESC, phrase LIMIT ${first}`,
  );
  return rows.map(([phrase, count, total]) => {
    return { phrase, count: Number(count), share: percent(BigInt(count), BigInt(total)) ?? 0 };
  });
}
