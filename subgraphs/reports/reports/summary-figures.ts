import { ServiceError } from '#platform/errors';
import type { JobContext } from '#platform/jobs';
import { formatInstant, parseInstant } from '#platform/time';
import { MESSAGE_SERVICES, type MessageService, type StoredReport } from './report-fields.ts';

/** Figures of one day, or of all of them. */
export interface SummaryFigures {
  readonly total: number;
  readonly sent: number;
  readonly delivered: number;
  readonly smsParts: number;
  /** Exact decimal, in the currency of the summary. */
  readonly price: string;
}

export interface Summary {
  readonly currency: string;
  /** Last commit of events that the figures include; epoch milliseconds. */
  readonly asOf: number | null;
  /** Every local day of the period, those without messages included. `day` is a date: 2026-11-22. */
  readonly days: readonly (SummaryFigures & { readonly day: string })[];
  readonly total: SummaryFigures;
}

const SUMMARY = `query ReportSummary($period: PeriodInput!, $channel: Channel!) {
  messagingStats(period: $period, filter: { channels: [$channel] }) {
    currency
    period { asOf }
    counters { total sent delivered smsParts price { amount } }
    series(granularity: DAY) { buckets { start } lines { total sent delivered smsParts price } }
  }
}`;

type Columns = { [Measure in keyof SummaryFigures]: SummaryFigures[Measure][] };

interface Answer {
  messagingStats: {
    currency: string;
    period: { asOf: string | null };
    counters: Omit<SummaryFigures, 'price'> & { price: { amount: string } };
    series: { buckets: { start: string }[]; lines: Columns[] };
  };
}

/** Asks the graph for the figures of a report, days and total in one snapshot. Throws ServiceError as the graph answers. */
export async function readSummary(report: StoredReport, context: JobContext): Promise<Summary> {
  const { from, to, timeZone } = report.period;
  const range = { from: formatInstant(from, timeZone), to: formatInstant(to, timeZone) };
  const caller = { companyId: context.companyId, scopes: ['stats:read' as const] };
  const variables = { period: { range, timeZone }, channel: channelOf(report) };
  const { messagingStats } = await context.graph.query<Answer>(caller, SUMMARY, variables, context.signal);
  const { currency, period, counters, series } = messagingStats;
  const [line] = series.lines;
  if (!line) throw new Error('a series without dimensions came without its line');
  return {
    currency,
    asOf: period.asOf === null ? null : (parseInstant(period.asOf) ?? null),
    days: series.buckets.map(({ start }, index) => ({ day: start.slice(0, 10), ...figuresAt(line, index) })),
    total: { ...counters, price: counters.price.amount },
  };
}

function figuresAt({ total, sent, delivered, smsParts, price }: Columns, index: number): SummaryFigures {
  const count = (column: readonly number[]) => column[index] ?? 0;
  return {
    total: count(total),
    sent: count(sent),
    delivered: count(delivered),
    smsParts: count(smsParts),
    price: price[index] ?? '0',
  };
}

function channelOf({ service }: StoredReport): MessageService {
  const channel = MESSAGE_SERVICES.find((name) => name === service);
  if (!channel) throw new ServiceError('BAD_USER_INPUT', `a summary of ${service ?? 'all services'} is not made.`);
  return channel;
}
