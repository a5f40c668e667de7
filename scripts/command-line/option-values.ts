import type { Config } from '#platform/config';
import { type CompanyId, parseCompanyId } from '#platform/database';
import { parseTimeZone } from '#platform/time';
import { UsageError } from './command-error.ts';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const MAX_DAYS = 365;

/** The number of a company. Throws UsageError where it is none. */
export function companyIdOption(option: string, text: string): CompanyId {
  const id = parseCompanyId(text);
  if (id) return id;
  throw new UsageError(
    `${option} ${JSON.stringify(text)} is not a company number; give a whole number from 1 to 2^63-1.`,
  );
}

/** A duration such as 30s, 15m, 1h or 7d, in seconds: from 1 s to 365 d. Throws UsageError for others. */
export function durationOption(option: string, text: string): number {
  const [, digits, unit] = /^([1-9]\d{0,8})([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds <= MAX_DAYS * SECONDS.d) return seconds;
  const fault = digits ? `is more than ${MAX_DAYS} days` : 'is not a duration';
  throw new UsageError(
    `${option} ${JSON.stringify(text)} ${fault}; give one such as 30s, 15m, 1h or 7d, at most ${MAX_DAYS}d.`,
  );
}

/** Address of the running service, without a slash at the end; on this machine unless the option names another. */
export function serviceUrlOption(option: string, text: string | undefined, config: Config): string {
  if (text === undefined) {
    if (config.PORT !== 0) return `http://localhost:${config.PORT}`;
    throw new UsageError(`PORT is 0, so the port of the service is not known; give ${option} http://localhost:PORT.`);
  }
  if (URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw new UsageError(
    `${option} ${JSON.stringify(text)} is not an address; give one such as http://localhost:${config.PORT}.`,
  );
}

/** The canonical name of a time zone. Throws UsageError where it is none. */
export function timeZoneOption(option: string, text: string): string {
  const zone = parseTimeZone(text);
  if (zone) return zone;
  throw new UsageError(
    `${option} ${JSON.stringify(text)} is not the name of a time zone; give an IANA name such as Europe/Moscow.`,
  );
}
