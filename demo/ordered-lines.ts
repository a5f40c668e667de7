/** A line and the moment at which the platform sends it, epoch milliseconds. */
export interface Timed<Line> {
  at: number;
  line: Line;
}

/**
 * The lines of days that follow one another, in the order of time up to `to`. Lines of a day may be sent on later days, never
 * on earlier ones; only what is still to be sent is held.
 */
export function* orderedLines<Day extends { end: number }, Line>(
  days: Iterable<Day>,
  linesOf: (day: Day) => readonly Timed<Line>[],
  to: number,
): Generator<Line> {
  let waiting: Timed<Line>[] = [];
  for (const day of days) {
    for (const timed of linesOf(day)) if (timed.at <= to) waiting.push(timed);
    waiting.sort((a, b) => a.at - b.at);
    const later = waiting.findIndex(({ at }) => at >= day.end);
    const due = later === -1 ? waiting : waiting.slice(0, later);
    for (const { line } of due) yield line;
    waiting = later === -1 ? [] : waiting.slice(later);
  }
  for (const { line } of waiting) yield line;
}
