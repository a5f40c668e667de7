import type { Company } from '#platform/companies';
import { type CompanyId, join, type Sql, sql } from '#platform/database';
import { type Restriction, restrictionsOf } from '#platform/statistics';
import type { Period } from '#platform/time';
import { type CallFilter, readTalkSeconds } from '../calls/call-filter.ts';

/** Legs of a company that pass a filter by their own fields, over a period. */
export interface LegPopulation {
  readonly companyId: CompanyId;
  readonly period: Period;
  /** Over one of these trunks only; null for all. */
  readonly trunkIds: readonly string[] | null;
  /** What else a leg has to pass, each an expression over call_legs. */
  readonly conditions: readonly Sql[];
}

/** Billed seconds of one leg; null where it was not answered, or runs. */
const TALK_SECONDS = sql`CASE WHEN status = 'ANSWERED' AND over_at IS NOT NULL
  THEN greatest(0, floor(extract(epoch FROM over_at - coalesce(answered_at, started_at)))) END`;

const COLUMNS = {
  direction: sql`direction::text`,
  status: sql`status::text`,
  bot: sql`coalesce(bot_id, '')`,
  operator: sql`coalesce(operator_id, '')`,
  evaluation: sql`coalesce(evaluation, '')`,
};

/** The legs that a period and a filter mean. Trunks limit legs, not calls, so that each leg is looked at by itself. */
export function legPopulation({ id }: Company, period: Period, filter: CallFilter | null | undefined): LegPopulation {
  const [trunks] = restrictionsOf({ trunk: filter?.trunkIds });
  const others = restrictionsOf({
    direction: filter?.directions,
    status: filter?.statuses,
    bot: filter?.botIds,
    operator: filter?.operatorIds,
    evaluation: filter?.evaluations,
  });
  return {
    companyId: id,
    period,
    trunkIds: trunks?.keys ?? null,
    conditions: [...others.map(condition), ...talkConditions(filter)],
  };
}

function condition({ dimension, keys }: Restriction<keyof typeof COLUMNS>): Sql {
  return sql`${COLUMNS[dimension]} = ANY(${keys}::text[])`;
}

function talkConditions(filter: CallFilter | null | undefined): Sql[] {
  const { from, to } = readTalkSeconds(filter);
  return [
    ...(from === null ? [] : [sql`${TALK_SECONDS} >= ${from}`]),
    ...(to === null ? [] : [sql`${TALK_SECONDS} < ${to}`]),
  ];
}

/** All conditions on a leg, that of the trunks included, each beginning with AND. */
export function legConditions({ trunkIds, conditions }: LegPopulation): Sql {
  const trunk = trunkIds ? [sql`trunk_id = ANY(${trunkIds}::text[])`] : [];
  return join(
    [...trunk, ...conditions].map((one) => sql` AND (${one})`),
    sql``,
  );
}
