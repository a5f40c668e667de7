import { z } from 'zod';

const whole = (least: number, greatest: number) => {
  const error = `must be a whole number from ${least} to ${greatest}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(greatest, { error });
};

/** Settings of reports. */
export const REPORT_SETTINGS = {
  REPORT_MAX_DAYS: whole(1, 3_660).default(366).describe('Longest period of one report, in local days.'),
  REPORT_KEEP_DAYS: whole(1, 3_660)
    .default(90)
    .describe("How long the file of a report is kept after it was formed; then the report's status is EXPIRED."),
  REPORT_DELAY_HOURS: whole(0, 168)
    .default(6)
    .describe("How long a schedule waits after the local end of its period, so that the period's last events are in."),
  REPORT_SYSTEM_SCHEDULES: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether every company gets a monthly summary of each service by itself.'),
} as const;
