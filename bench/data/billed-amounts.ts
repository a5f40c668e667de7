import type { Client } from 'pg';
import { BILLED_MONTH } from './billed-companies.ts';

/** A company's invoice of the month, as far as money goes. Amounts are whole millionths as text. */
export interface BilledAmounts {
  readonly companyId: string;
  /** By the name of the service: how many units, and the net amount. */
  readonly lines: Readonly<Record<string, { readonly quantity: string; readonly net: string }>>;
  readonly amount: string;
}

/** Plain sums of the raw rows of every service, each company's month in its own zone; cents and tax are halves rounded up. */
const SUMS = `WITH month AS (
    SELECT company_id, $2::timestamp AT TIME ZONE time_zone AS start,
      ($2::timestamp + interval '1 month') AT TIME ZONE time_zone AS stop
    FROM billing.companies WHERE company_id = ANY($1::bigint[])
  ), used AS (
    SELECT company_id, channel::text AS service, sum(price_micros) AS micros,
      CASE WHEN channel = 'SMS' THEN sum(sms_parts) ELSE count(*) END AS quantity
    FROM month JOIN messaging_stats.messages USING (company_id) WHERE sent_at >= start AND sent_at < stop
    GROUP BY company_id, channel
    UNION ALL
    SELECT company_id, 'CHATS', sum(price_micros), count(*)
    FROM month JOIN chat_stats.chat_messages USING (company_id) WHERE sent_at >= start AND sent_at < stop
    GROUP BY company_id
    UNION ALL
    SELECT company_id, 'CALLS', sum(price_micros),
      round(sum(floor(extract(epoch FROM ended_at - answered_at))) / 60, 2)
    FROM month JOIN telephony_stats.call_legs USING (company_id)
    WHERE status = 'ANSWERED' AND started_at >= start AND started_at < stop
    GROUP BY company_id
  ), line AS (
    SELECT company_id, service, quantity, round(coalesce(micros, 0) / 10000) * 10000 AS net FROM used
  )
  SELECT company_id AS "companyId", (sum(net) + round(sum(net) * $3::numeric / 10000) * 10000)::bigint::text AS amount,
    jsonb_object_agg(service, jsonb_build_object('quantity', trim_scale(quantity)::text, 'net', net::bigint::text)) AS lines
  FROM line GROUP BY company_id ORDER BY company_id`;

/** What the invoices of the companies should come to. `taxRate` is a fraction: 0.2 is 20 %. */
export async function sumRows(
  client: Client,
  companyIds: readonly string[],
  taxRate: string,
): Promise<BilledAmounts[]> {
  return (await client.query<BilledAmounts>(SUMS, [companyIds, BILLED_MONTH, taxRate])).rows;
}

const INVOICED = `SELECT company_id AS "companyId", amount_micros::text AS amount,
    (SELECT jsonb_object_agg(line ->> 'service',
        jsonb_build_object('quantity', trim_scale((line ->> 'quantity')::numeric)::text, 'net', line ->> 'netMicros'))
      FROM jsonb_array_elements(snapshot -> 'lines') AS line) AS lines
  FROM billing.invoices
  WHERE company_id = ANY($1::bigint[]) AND kind = 'MONTHLY' AND period_start = $2 ORDER BY company_id`;

/** What their invoices do come to; a company has one entry for each invoice of the month. */
export async function invoicedAmounts(client: Client, companyIds: readonly string[]): Promise<BilledAmounts[]> {
  return (await client.query<BilledAmounts>(INVOICED, [companyIds, BILLED_MONTH])).rows;
}
