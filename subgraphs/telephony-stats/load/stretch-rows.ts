import { type Sql, sql, timestamp } from '#platform/database';
import type { Stretch } from './stretches.ts';

/** The stretches of one level as rows (since, until) to join with: `unnest(...) AS stretch(since, until)`. */
export function stretchRows(stretches: readonly Stretch[], level: Stretch['level']): Sql {
  const own = stretches.filter((stretch) => stretch.level === level);
  return sql`unnest(${own.map(({ from }) => timestamp(from))}::timestamptz[],
    ${own.map(({ to }) => timestamp(to))}::timestamptz[]) AS stretch(since, until)`;
}
