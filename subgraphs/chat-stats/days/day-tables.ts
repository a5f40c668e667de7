import { identifier, sql } from '#platform/database';
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

/** A month is named by its first day. */
export const PHRASE_MONTHS = new DayTable('phrase_months', { author: text, month: date, hash: text }, ['messages']);
