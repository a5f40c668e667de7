import { localDate, type Period } from '#platform/time';
import {
  MESSAGE_SERVICES,
  type ReportFault,
  type ReportFormat,
  type ReportLocale,
  type ReportOrder,
  type ReportService,
  type ReportType,
} from './report-fields.ts';

/** A report as a client asks for it, with its period resolved. */
export interface RequestedReport {
  readonly name: string | null;
  readonly service: ReportService | null;
  readonly type: ReportType;
  readonly format: ReportFormat;
  readonly locale: ReportLocale;
  readonly period: Period;
  readonly idempotencyKey: string;
}

const LONGEST_NAME = 200;
const LONGEST_KEY = 128;
const DAY_MS = 86_400_000;

/** Everything that keeps a report from being made, all at once; empty where nothing does. */
export function orderFaults(requested: RequestedReport, maxDays: number): ReportFault[] {
  return [
    ...typeFaults(requested),
    ...textFaults('name', 'INVALID_NAME', requested.name ?? 'default', LONGEST_NAME),
    ...textFaults('idempotencyKey', 'INVALID_IDEMPOTENCY_KEY', requested.idempotencyKey, LONGEST_KEY),
    ...periodFaults(requested.period, maxDays),
  ];
}

/** The order of a report without faults. */
export function toOrder(requested: RequestedReport): ReportOrder {
  const { service, type, format, locale, period } = requested;
  const { from, to, timeZone } = period;
  const name = requested.name ?? defaultName(requested);
  return { name, service, type, format, locale, period: { from, to, timeZone } };
}

function typeFaults({ type, service, format }: RequestedReport): ReportFault[] {
  const possible = `possible is type SUMMARY, as XLSX, of one of the services ${MESSAGE_SERVICES.join(', ')}`;
  const fault = (field: string, what: string): ReportFault => {
    return { field: [field], code: 'NOT_SUPPORTED', message: `${what} is not made; ${possible}.` };
  };
  return [
    ...(type === 'SUMMARY' ? [] : [fault('type', `a report of type ${type}`)]),
    ...(MESSAGE_SERVICES.some((name) => name === service)
      ? []
      : [fault('service', `a report of ${service ?? 'all services'}`)]),
    ...(format === 'XLSX' ? [] : [fault('format', `a ${format} file`)]),
  ];
}

function textFaults(field: string, code: ReportFault['code'], text: string, longest: number): ReportFault[] {
  const length = Array.from(text).length;
  if (text.trim() !== '' && length <= longest && text.isWellFormed() && !text.includes('\0')) return [];
  return [{ field: [field], code, message: `${field}: give 1 to ${longest} characters.` }];
}

function periodFaults({ from, to, timeZone }: Period, maxDays: number): ReportFault[] {
  const days = 1 + (dayNumber(to - 1, timeZone) - dayNumber(from, timeZone));
  if (days <= maxDays) return [];
  const message = `the period has ${days} days, and a report at most ${maxDays}; take a shorter one, or several reports.`;
  return [{ field: ['period'], code: 'PERIOD_TOO_LONG', message }];
}

function dayNumber(instant: number, timeZone: string): number {
  return Date.parse(localDate(instant, timeZone)) / DAY_MS;
}

const KINDS: Readonly<Record<ReportLocale, Record<ReportType, string>>> = {
  EN: { SUMMARY: 'summary', DETAILS: 'details', PAYMENTS: 'payments' },
  RU: { SUMMARY: 'сводка', DETAILS: 'подробно', PAYMENTS: 'платежи' },
};

/** Service, type and the first and last local day: SMS summary 2026-03-01 – 2026-03-15. */
function defaultName({ service, type, locale, period: { from, to, timeZone } }: RequestedReport): string {
  const shown = (instant: number) => {
    const day = localDate(instant, timeZone);
    return locale === 'RU' ? day.split('-').reverse().join('.') : day;
  };
  const [first, last] = [shown(from), shown(to - 1)];
  const days = first === last ? first : `${first} – ${last}`;
  return [service, KINDS[locale][type], days].filter((part) => part !== null).join(' ');
}
