import { localDate, type Period } from '#platform/time';
import { valueLabel } from '../contents/labels.ts';
import {
  REPORT_SERVICES,
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
    ...serviceFaults(requested),
    ...nameFaults(requested.name),
    ...keyFaults(requested.idempotencyKey),
    ...periodFaults(requested.period, maxDays),
  ];
}

/** The order of a report without faults. */
export function toOrder(requested: RequestedReport): ReportOrder {
  const { service, type, format, locale, period } = requested;
  const { from, to, timeZone } = period;
  const name = requested.name ?? `${subjectName(requested)} ${periodName(period, locale)}`;
  return { name, service, type, format, locale, period: { from, to, timeZone } };
}

/** Whether a type of report can be about a service, or about all of them. */
export function serviceFaults({ type, service }: Pick<RequestedReport, 'type' | 'service'>): ReportFault[] {
  const fault = (code: ReportFault['code'], message: string): ReportFault[] => [{ field: ['service'], code, message }];
  if (type === 'DETAILS' && service === null) {
    return fault('SERVICE_NEEDED', `details are of one service; give one of ${REPORT_SERVICES.join(', ')}.`);
  }
  if (type === 'PAYMENTS' && service !== null) {
    return fault('SERVICE_NOT_ALLOWED', 'payments are of the whole account, not of a service; leave service out.');
  }
  return [];
}

export const nameFaults = (name: string | null) => textFaults('name', 'INVALID_NAME', name ?? 'default', LONGEST_NAME);
export const keyFaults = (key: string) => textFaults('idempotencyKey', 'INVALID_IDEMPOTENCY_KEY', key, LONGEST_KEY);

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

const OF_EVERYTHING: typeof KINDS = {
  EN: { SUMMARY: 'Summary of all services', DETAILS: 'Details', PAYMENTS: 'Payments' },
  RU: { SUMMARY: 'Сводка по всем сервисам', DETAILS: 'Подробно', PAYMENTS: 'Платежи' },
};

/** Service and type: SMS summary. */
export function subjectName({ service, type, locale }: Pick<ReportOrder, 'service' | 'type' | 'locale'>): string {
  return service === null ? OF_EVERYTHING[locale][type] : `${valueLabel(locale, service)} ${KINDS[locale][type]}`;
}

/** The first and last local day: 2026-03-01 – 2026-03-15. */
export function periodName({ from, to, timeZone }: ReportOrder['period'], locale: ReportLocale): string {
  const shown = (instant: number) => {
    const day = localDate(instant, timeZone);
    return locale === 'RU' ? day.split('-').reverse().join('.') : day;
  };
  const [first, last] = [shown(from), shown(to - 1)];
  return first === last ? first : `${first} – ${last}`;
}
