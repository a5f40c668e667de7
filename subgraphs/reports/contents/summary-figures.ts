import { MESSAGE_SERVICES, type ReportService } from '../reports/report-fields.ts';
import { type ContentsOptions, periodVariable } from './contents.ts';

export const COUNTS = [
  'total',
  'sent',
  'delivered',
  'smsParts',
  'dialogues',
  'byRobot',
  'byOperator',
  'unhandled',
  'chatMessages',
  'calls',
  'answered',
  'talkSeconds',
] as const;
export type CountName = (typeof COUNTS)[number];

/** What a summary shows of a service, from left to right; the price of all of it stands last. */
export const COUNTS_OF: Readonly<Record<'messages' | 'CHATS' | 'CALLS', readonly CountName[]>> = {
  messages: ['total', 'sent', 'delivered', 'smsParts'],
  CHATS: ['dialogues', 'byRobot', 'byOperator', 'unhandled', 'chatMessages'],
  CALLS: ['calls', 'answered', 'talkSeconds'],
};

/** Figures of one service on one day, or in the whole period. A service has its own counts only. */
export interface SummaryFigures {
  readonly counts: Partial<Record<CountName, number>>;
  /** Exact decimal, in the company's currency. */
  readonly price: string;
}

/** The figures of one service: every local day of the period, those without events included, and the whole. */
export interface ServiceSummary {
  readonly service: ReportService;
  /** Dates: 2026-11-22. */
  readonly days: readonly (SummaryFigures & { readonly day: string })[];
  readonly whole: SummaryFigures;
}

const QUESTION = `query ReportSummary($period: PeriodInput!, $channels: [Channel!]!, $messages: Boolean!, $chats: Boolean!, $calls: Boolean!) {
  messagingStats(period: $period, filter: { channels: $channels }) @include(if: $messages) {
    period { asOf }
    breakdown(by: [CHANNEL]) { keys counters { total sent delivered smsParts price { amount } } }
    series(granularity: DAY, by: [CHANNEL]) { buckets { start } lines { keys total sent delivered smsParts price } }
  }
  chatStats(period: $period) @include(if: $chats) {
    period { asOf }
    dialogues {
      counters { dialogues: total byRobot byOperator unhandled }
      series(granularity: DAY) { buckets { start } lines { dialogues: total byRobot byOperator unhandled } }
    }
    messages {
      counters { chatMessages: total price { amount } }
      series(granularity: DAY) { lines { chatMessages: total price } }
    }
  }
  telephonyStats(period: $period) @include(if: $calls) {
    period { asOf }
    counters { calls: total answered talkSeconds price { amount } }
    series(granularity: DAY) { buckets { start } lines { calls: total answered talkSeconds price } }
  }
}`;

type Counters = Partial<Record<CountName, number>> & { price: { amount: string } };
type Line = Partial<Record<CountName, number[]>> & { price: string[] };
interface Series<OneLine = Line> {
  buckets: { start: string }[];
  lines: OneLine[];
}
interface Source {
  period: { asOf: string | null };
}

interface Answer {
  messagingStats?: Source & {
    breakdown: { keys: string[]; counters: Counters }[];
    series: Series<Line & { keys: string[] }>;
  };
  chatStats?: Source & {
    dialogues: { counters: Omit<Counters, 'price'>; series: Series<Omit<Line, 'price'>> };
    messages: { counters: Counters; series: Omit<Series, 'buckets'> };
  };
  telephonyStats?: Source & { counters: Counters; series: Series };
}

/** Asks for the figures of some services: of each source its days and its whole in one snapshot. */
export async function readSummary(
  services: readonly ReportService[],
  { report, reading, ask }: ContentsOptions,
): Promise<ServiceSummary[]> {
  const channels = services.filter((service) => MESSAGE_SERVICES.some((name) => name === service));
  const [chats, calls] = [services.includes('CHATS'), services.includes('CALLS')];
  const answer = await ask<Answer>(QUESTION, {
    period: periodVariable(report),
    ...{ channels, messages: channels.length > 0, chats, calls },
  });
  const { messagingStats, chatStats, telephonyStats } = answer;
  if (messagingStats) reading.note('messages', messagingStats.period.asOf);
  if (chatStats) reading.note('chatMessages', chatStats.period.asOf);
  if (telephonyStats) reading.note('calls', telephonyStats.period.asOf);
  return [
    ...(messagingStats ? channels.map((channel) => ofChannel(channel, messagingStats)) : []),
    ...(chatStats ? [ofChats(chatStats)] : []),
    ...(telephonyStats ? [ofCalls(telephonyStats)] : []),
  ];
}

/** A channel without messages has no line and no row. */
function ofChannel(service: ReportService, { breakdown, series }: NonNullable<Answer['messagingStats']>) {
  const isOwn = ({ keys }: { keys: string[] }) => keys[0] === service;
  const whole = breakdown.find(isOwn)?.counters;
  return summaryOf(service, COUNTS_OF.messages, series.buckets, series.lines.find(isOwn), whole);
}

function ofChats({ dialogues, messages }: NonNullable<Answer['chatStats']>) {
  const [line, messageLine] = [dialogues.series.lines[0], messages.series.lines[0]];
  const joined = line && messageLine && { ...line, ...messageLine };
  return summaryOf('CHATS', COUNTS_OF.CHATS, dialogues.series.buckets, joined, {
    ...dialogues.counters,
    ...messages.counters,
  });
}

function ofCalls({ counters, series }: NonNullable<Answer['telephonyStats']>) {
  return summaryOf('CALLS', COUNTS_OF.CALLS, series.buckets, series.lines[0], counters);
}

function summaryOf(
  service: ReportService,
  names: readonly CountName[],
  buckets: readonly { start: string }[],
  line: Line | undefined,
  whole: Counters | undefined,
): ServiceSummary {
  const counts = (value: (name: CountName) => number | undefined) =>
    Object.fromEntries(names.map((name) => [name, value(name) ?? 0]));
  return {
    service,
    days: buckets.map(({ start }, index) => ({
      day: start.slice(0, 10),
      counts: counts((name) => line?.[name]?.[index]),
      price: line?.price[index] ?? '0',
    })),
    whole: { counts: counts((name) => whole?.[name]), price: whole?.price.amount ?? '0' },
  };
}
