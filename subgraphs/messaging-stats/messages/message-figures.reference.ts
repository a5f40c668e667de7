import { DateTime } from 'luxon';
import { compareCodePoints, fallbackChannelOf, type ReferenceMessage } from './message.reference.ts';
import { bucketsOf, type GranularityName } from './message-buckets.reference.ts';

export type DimensionName = 'CHANNEL' | 'STATUS' | 'SHORT_STATUS' | 'ERROR_CODE';

/** A question about messages, as `FIGURES` asks it. Instants are epoch milliseconds. */
export interface Question {
  from: number;
  to: number;
  timeZone: string;
  filter: {
    timeAxis?: 'CREATED_AT' | 'SENT_AT' | null;
    channels?: string[] | null;
    statuses?: string[] | null;
    shortStatuses?: string[] | null;
    errorCodes?: string[] | null;
  };
  /** Of the breakdown; not empty. */
  by: DimensionName[];
  seriesBy: DimensionName[];
  granularity: GranularityName;
  first: number | null;
  /** How many messages of the list. */
  page: number;
}

const LABELS: Readonly<Record<string, string>> = {
  '': '(none)',
  VIBER: 'Viber',
  EMAIL: 'E-mail',
  WHATSAPP: 'WhatsApp',
  PUSH: 'Push',
  CREATED: 'Created',
  PENDING: 'Pending',
  DELIVERED: 'Delivered',
  UNDELIVERED: 'Undelivered',
  CANCELED: 'Canceled',
  ERROR: 'Error',
  DELAYED: 'Delayed',
  CREATED_OPTIONAL: 'Created, optional',
  OMITTED_OPTIONAL: 'Omitted, optional',
  IN_PROGRESS: 'In progress',
  NOT_DELIVERED: 'Not delivered',
  NOT_SENT: 'Not sent',
};
const SHORT: Readonly<Record<string, string>> = {
  CREATED: 'IN_PROGRESS',
  PENDING: 'IN_PROGRESS',
  DELAYED: 'IN_PROGRESS',
  CREATED_OPTIONAL: 'IN_PROGRESS',
  DELIVERED: 'DELIVERED',
  UNDELIVERED: 'NOT_DELIVERED',
  ERROR: 'NOT_DELIVERED',
  CANCELED: 'NOT_SENT',
  OMITTED_OPTIONAL: 'NOT_SENT',
};
const MINOR_UNITS: Readonly<Record<string, number>> = { EUR: 2, JPY: 0, KWD: 3 };

/** The whole answer to a question, of a company with these messages; `moment` is when it is asked. */
export function answerOf(
  all: readonly ReferenceMessage[],
  question: Question,
  { currency, moment }: { currency: string; moment: number },
) {
  const { from, to, timeZone, filter, by, seriesBy, granularity, first, page } = question;
  const limit = first ?? 100;
  const members = all.filter((message) => passes(message, filter));
  const within = (start: number, end: number) =>
    members.filter((message) => {
      const at = placeOf(message, filter);
      return at !== null && at >= start && at < end;
    });
  const counted = within(from, to);
  const show = (instant: number) => shown(instant, timeZone);
  const groups = groupsOf(counted, by);
  const lines = seriesBy.length === 0 ? [{ keys: [], messages: counted }] : groupsOf(counted, seriesBy);
  const buckets = bucketsOf(question, granularity, (Math.floor(moment / 60_000) + 1) * 60_000);
  const cells = buckets.map(({ start, end }) => within(start, end));
  const listed = counted.toSorted(
    (a, b) => (placeOf(b, filter) as number) - (placeOf(a, filter) as number) || compareCodePoints(b.id, a.id),
  );
  return {
    messagingStats: {
      period: { from: show(from), to: show(to), timeZone },
      currency,
      counters: countersOf(counted, currency),
      breakdown: groups.slice(0, limit).map(({ keys, messages }) => ({
        keys,
        labels: labelsOf(by, keys),
        share: percent(messages.length, counted.length),
        counters: countersOf(messages, currency),
      })),
      series: {
        buckets: buckets.map(({ start, end, partial }) => ({ start: show(start), end: show(end), partial })),
        omittedLines: Math.max(0, lines.length - limit),
        lines: lines.slice(0, limit).map(({ keys, messages }) => ({
          keys,
          labels: labelsOf(seriesBy, keys),
          ...columnsOf(cells, messages, currency),
        })),
      },
      previous: {
        period: { from: show(from - (to - from)), to: show(from) },
        counters: countersOf(within(from - (to - from), from), currency),
      },
    },
    messages: {
      totalCount: counted.length,
      pageInfo: { hasNextPage: counted.length > page, hasPreviousPage: false },
      nodes: listed.slice(0, page).map((message) => ({
        ...message,
        createdAt: show(message.createdAt),
        statusAt: show(message.statusAt),
        sentAt: message.sentAt === null ? null : show(message.sentAt),
        price: message.price === null ? null : { amount: amount(message.price, currency), currency },
        fallbackChannel: fallbackChannelOf(message, all),
      })),
    },
  };
}

function passes(message: ReferenceMessage, filter: Question['filter']): boolean {
  const allows = (wanted: string[] | null | undefined, key: string) => !wanted?.length || wanted.includes(key);
  return (
    allows(filter.channels, message.channel) &&
    allows(filter.statuses, message.status) &&
    allows(filter.shortStatuses, SHORT[message.status] as string) &&
    allows(filter.errorCodes, message.errorCode ?? '')
  );
}

function placeOf(message: ReferenceMessage, { timeAxis }: Question['filter']): number | null {
  return timeAxis === 'SENT_AT' ? message.sentAt : message.createdAt;
}

function keyOf(message: ReferenceMessage, dimension: DimensionName): string {
  if (dimension === 'CHANNEL') return message.channel;
  if (dimension === 'STATUS') return message.status;
  return dimension === 'SHORT_STATUS' ? (SHORT[message.status] as string) : (message.errorCode ?? '');
}

/** Largest first, then by keys. */
function groupsOf(messages: readonly ReferenceMessage[], by: readonly DimensionName[]) {
  const groups = new Map<string, { keys: string[]; messages: ReferenceMessage[] }>();
  for (const message of messages) {
    const keys = by.map((dimension) => keyOf(message, dimension));
    const group = groups.get(JSON.stringify(keys)) ?? { keys, messages: [] };
    group.messages.push(message);
    groups.set(JSON.stringify(keys), group);
  }
  return [...groups.values()].sort((a, b) => b.messages.length - a.messages.length || compareKeys(a.keys, b.keys));
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  return a.map((key, index) => compareCodePoints(key, b[index] as string)).find((order) => order !== 0) ?? 0;
}

function countersOf(messages: readonly ReferenceMessage[], currency: string) {
  const sent = messages.filter(({ sentAt }) => sentAt !== null);
  const delivered = sent.filter(({ status }) => status === 'DELIVERED').length;
  const price = sent.reduce((sum, message) => sum + (message.price ?? 0n), 0n);
  return {
    total: messages.length,
    notifications: new Set(messages.map(({ notificationId }) => notificationId)).size,
    sent: sent.length,
    delivered,
    smsParts: sent.reduce((sum, { smsParts }) => sum + (smsParts ?? 0), 0),
    price: { amount: amount(price, currency), currency },
    unpriced: sent.filter((message) => message.price === null).length,
    deliveryRate: percent(delivered, sent.length),
  };
}

/** A line of a series: the counters of its messages bucket by bucket, turned on their side. */
function columnsOf(
  cellsOfAll: readonly (readonly ReferenceMessage[])[],
  line: readonly ReferenceMessage[],
  currency: string,
) {
  const members = new Set(line);
  const cells = cellsOfAll.map((whole) => {
    const messages = whole.filter((message) => members.has(message));
    return { ...countersOf(messages, currency), share: percent(messages.length, whole.length) };
  });
  const { price, ...numbers } = cells[0] as (typeof cells)[number];
  const names = Object.keys(numbers) as (keyof typeof numbers)[];
  return {
    ...Object.fromEntries(names.map((name) => [name, cells.map((cell) => cell[name])])),
    price: cells.map((cell) => cell.price.amount),
  };
}

function labelsOf(by: readonly DimensionName[], keys: readonly string[]): string[] {
  return keys.map((key, index) => (by[index] === 'ERROR_CODE' && key !== '' ? key : (LABELS[key] ?? key)));
}

/** One decimal, half-up. */
function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((2000 * part + whole) / (2 * whole)) / 10;
}

function amount(micros: bigint, currency: string): string {
  const digits = micros.toString().padStart(7, '0');
  const least = MINOR_UNITS[currency] as number;
  const decimals = digits.slice(-6).replace(/0+$/, '').padEnd(least, '0');
  return decimals === '' ? digits.slice(0, -6) : `${digits.slice(0, -6)}.${decimals}`;
}

function shown(instant: number, timeZone: string): string {
  return DateTime.fromMillis(instant, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZ");
}
