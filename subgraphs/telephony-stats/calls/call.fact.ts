import { identifier, sql } from '#platform/database';
import { defineFact } from '#platform/statistics';
import { CALL_DIRECTIONS, CALL_STATUSES, REACHED } from './call-status.ts';
import { DEFAULT_DURATION_BOUNDS, durationKey, durationLabels } from './duration-classes.ts';

const statusNames = Object.fromEntries(Object.entries(CALL_STATUSES).map(([status, { name }]) => [status, name]));

/** Calls: one row a call, whatever number of legs it has. `durationBounds` are the bounds of the dimension DURATION, checked. */
function callFact(durationBounds: readonly number[]) {
  return defineFact({
    name: 'calls',
    table: identifier('calls'),
    axes: { STARTED_AT: sql`started_at` },
    dimensions: {
      STATUS: { description: 'The status that the call has now.', key: sql`status::text`, labels: statusNames },
      DURATION: {
        description:
          'Answered calls in classes of billed seconds, such as 5-15 for [5, 15); running calls as RUNNING, the rest as UNANSWERED.',
        key: durationKey(durationBounds),
        labels: durationLabels(durationBounds),
      },
      TRUNK: { description: 'The trunk of the call.', key: sql`coalesce(trunk_id, '')`, labels: 'kept elsewhere' },
      DIRECTION: { description: 'Inbound or outbound.', key: sql`direction::text`, labels: CALL_DIRECTIONS },
      BOT: { description: 'The bot that spoke.', key: sql`coalesce(bot_id, '')`, labels: 'kept elsewhere' },
      OPERATOR: {
        description: 'The operator who spoke.',
        key: sql`coalesce(operator_id, '')`,
        labels: 'kept elsewhere',
      },
      BOT_EVALUATION: { description: "The evaluation of the bot's work.", key: sql`coalesce(evaluation, '')` },
    },
    sums: {
      total: { description: 'Calls of any status.', value: sql`1` },
      answered: { description: 'Answered.', value: sql`(status = 'ANSWERED')::int` },
      seizures: {
        description: 'Calls that came to an outcome: all but IN_PROGRESS.',
        value: sql`(status <> 'IN_PROGRESS')::int`,
      },
      reached: {
        description: 'Calls for which the network did its part.',
        value: sql`(status::text = ANY(${REACHED}::text[]))::int`,
      },
      talkSeconds: { description: 'Billed seconds.', value: sql`coalesce(talk_seconds, 0)` },
      holdSeconds: { description: 'Seconds on hold.', value: sql`hold_seconds` },
      wrapUpSeconds: { description: 'Seconds of work after the call.', value: sql`wrap_up_seconds` },
      price: { description: 'Prices, in millionths.', value: sql`coalesce(price_micros, 0)`, unbounded: true },
      unpriced: { description: 'Calls whose price is not known yet.', value: sql`(price_micros IS NULL)::int` },
    },
    distincts: {
      contacts: { description: 'Different numbers.', value: sql`number_hash` },
      contactsReached: {
        description: 'Different numbers with an answered call.',
        value: sql`CASE WHEN status = 'ANSWERED' THEN number_hash END`,
      },
    },
  });
}

export type CallFact = ReturnType<typeof callFact>;

/** Calls with the default classes of duration, which levels keep. */
export const CALLS = defineFact({
  ...callFact(DEFAULT_DURATION_BOUNDS),
  levels: {
    cuboids: [
      ['STATUS', 'DURATION', 'DIRECTION'],
      ['STATUS', 'DURATION', 'TRUNK'],
      ['STATUS', 'DURATION', 'OPERATOR'],
      ['STATUS', 'DURATION', 'BOT', 'BOT_EVALUATION'],
    ],
  },
});

/** Calls with these classes of duration, checked; with others than the default they are read one by one. */
export function callsBy(durationBounds: readonly number[]): CallFact {
  return durationBounds === DEFAULT_DURATION_BOUNDS ? CALLS : callFact(durationBounds);
}
