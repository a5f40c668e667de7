import { join, type Sql, sql } from '#platform/database';
import { badInput } from '#platform/errors';
import type { CallRow } from './call.row.ts';

/** Where one class of answered calls ends and the next begins, billed seconds. */
export const DEFAULT_DURATION_BOUNDS: readonly number[] = [5, 15, 30, 60, 180];

const MOST_BOUNDS = 20;
const RUNNING = 'RUNNING';
const UNANSWERED = 'UNANSWERED';

/** Checks the bounds that a client wants; null, absent and the empty list mean the default. */
export function readDurationBounds(bounds: readonly number[] | null | undefined): readonly number[] {
  if (!bounds || bounds.length === 0) return DEFAULT_DURATION_BOUNDS;
  if (bounds.length > MOST_BOUNDS) {
    throw badInput(['durationBounds'], `has ${bounds.length} bounds; give at most ${MOST_BOUNDS}.`);
  }
  const low = bounds.find((bound) => bound <= 0);
  if (low !== undefined) throw badInput(['durationBounds'], `${low} is not above 0; give seconds from 1.`);
  const index = bounds.findIndex((bound, at) => at > 0 && bound <= (bounds[at - 1] as number));
  if (index > 0) {
    const pair = `${bounds[index]} does not lie above ${bounds[index - 1]} before it`;
    throw badInput(['durationBounds'], `${pair}; give the seconds in ascending order, each once.`);
  }
  return bounds;
}

/** The class of a call as its key: `0-5`, `5-15`, ..., `180-` for [lo, hi) billed seconds, RUNNING or UNANSWERED. */
export function durationKey(bounds: readonly number[]): Sql {
  const classes = classesOf(bounds).map(({ key, to }) => {
    return to === undefined ? sql` ELSE ${key}` : sql` WHEN talk_seconds < ${to} THEN ${key}`;
  });
  return sql`CASE WHEN status NOT IN ('IN_PROGRESS', 'ANSWERED') THEN ${UNANSWERED}
    WHEN talk_seconds IS NULL THEN ${RUNNING}${join(classes, sql``)} END`;
}

/** The class of a call within the default bounds: in Node what durationKey says in SQL. */
export function defaultDurationClass({ status, talkSeconds }: Pick<CallRow, 'status' | 'talkSeconds'>): string {
  if (status !== 'IN_PROGRESS' && status !== 'ANSWERED') return UNANSWERED;
  if (talkSeconds === null) return RUNNING;
  return classesOf(DEFAULT_DURATION_BOUNDS).find(({ to }) => to === undefined || talkSeconds < to)?.key ?? RUNNING;
}

/** Names of the classes for people. */
export function durationLabels(bounds: readonly number[]): Readonly<Record<string, string>> {
  const classes = classesOf(bounds).map(({ key, from, to }) => [
    key,
    to === undefined ? `${from} s and more` : `${key} s`,
  ]);
  return { ...Object.fromEntries(classes), [RUNNING]: 'Running', [UNANSWERED]: 'Unanswered' };
}

function classesOf(bounds: readonly number[]): { key: string; from: number; to: number | undefined }[] {
  return [0, ...bounds].map((from, index) => ({ key: `${from}-${bounds[index] ?? ''}`, from, to: bounds[index] }));
}
