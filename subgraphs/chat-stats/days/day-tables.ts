import { identifier, sql } from '#platform/database';
import { MONTHS, QUARTERS } from './calendar-spans.ts';
import { DayTable } from './day-table.ts';

const [text, date] = [sql`text`, sql`date`];

export const OPERATOR_DAYS = new DayTable('operator_days', { day: date, operator_id: text, gap: sql`integer` }, [
  'dialogues',
  'messages',
]);

export const OPERATOR_STATE_DAYS = new DayTable(
  'operator_state_days',
  { day: date, operator_id: text, state: identifier('operator_state') },
  ['ms'],
);

export const PHRASE_DAYS = new DayTable('phrase_days', { author: text, day: date, hash: text }, ['messages']);

/** Phrases of days that are gathered in months and in quarters of a year, from coarse to fine. */
export const GATHERED_PHRASES = [
  {
    unit: 'quarter',
    spans: QUARTERS,
    table: new DayTable('phrase_quarters', { author: text, quarter: date, hash: text }, ['messages']),
  },
  {
    unit: 'month',
    spans: MONTHS,
    table: new DayTable('phrase_months', { author: text, month: date, hash: text }, ['messages']),
  },
] as const;
