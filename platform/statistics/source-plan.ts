import { DAY_MS, HOUR_MS, type Instant, localDayAround, MINUTE_MS } from '#platform/time';
import type { Level } from './level.ts';

/** A stretch of time, its end excluded. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A span, and the table that its figures are read from. `raw` is the table of current rows itself. */
export interface Source extends Span {
  readonly level: Level | 'raw';
}

/** The buckets of a level: `floor` gives the last start of one that is not after an instant, `ceil` the first not before. */
export interface Grid {
  readonly level: Level;
  /** How long a row is, but for days on which clocks change. */
  readonly widthMs: number;
  floor(instant: Instant): Instant;
  ceil(instant: Instant): Instant;
}

export const QUARTER_MS = 15 * MINUTE_MS;

const QUARTERS = clockGrid('quarter', QUARTER_MS);
const HOURS = clockGrid('hour', HOUR_MS);

/** The levels that there are, from coarse to fine; days of a zone where one is given. */
export function levelGrids(timeZone: string | undefined): readonly Grid[] {
  return timeZone === undefined ? [HOURS, QUARTERS] : [dayGrid(timeZone), HOURS, QUARTERS];
}

/** A level is used where it has at least so many rows to each that holds a boundary, and is read from finer ones. */
const ROWS_A_BREAK = 4;

/**
 * Chooses where an answer is read from. Sources follow one another without a gap from the first boundary to the last, and no
 * row of a source lies in two buckets: `raw | quarter | hour | day | hour | quarter | raw`, as far as the boundaries allow. A
 * level's row in which a bucket ends is read from finer levels: the days of a zone at :30 are 23 hours and four quarters each. Pure.
 * @param boundaries of the buckets asked for, ascending; the two ends of the period where there are none
 * @param grids levels to choose from, from coarse to fine
 */
export function planSources(boundaries: readonly Instant[], grids: readonly Grid[]): readonly Source[] {
  const [from, to] = [boundaries[0] as Instant, boundaries.at(-1) as Instant];
  return merged(cover({ from, to, boundaries: boundaries.slice(1, -1) }, grids));
}

/** A span with the boundaries within it, ascending. */
interface Part extends Span {
  readonly boundaries: readonly Instant[];
}

/** Covers a part with the coarsest level as far as it reaches, and with finer ones its two ends and the rows that boundaries break. */
function cover({ from, to, boundaries }: Part, [grid, ...finer]: readonly Grid[]): Source[] {
  if (from >= to) return [];
  if (!grid) return [{ level: 'raw', from, to }];
  const [first, last] = [grid.ceil(from), grid.floor(to)];
  if (first > last) return cover({ from, to, boundaries }, finer);
  const within = (start: Instant, end: Instant) => boundaries.filter((boundary) => boundary > start && boundary < end);
  const breaks = breaksOf(within(first, last), grid, (last - first) / grid.widthMs / ROWS_A_BREAK);
  if (!breaks) return cover({ from, to, boundaries }, finer);
  const sources = cover({ from, to: first, boundaries: within(from, first) }, finer);
  let covered = first;
  for (const [start, broken] of breaks) {
    const end = grid.ceil(start + 1);
    if (covered < start) sources.push({ level: grid.level, from: covered, to: start });
    sources.push(...cover({ from: start, to: end, boundaries: broken }, finer));
    covered = end;
  }
  if (covered < last) sources.push({ level: grid.level, from: covered, to: last });
  return [...sources, ...cover({ from: last, to, boundaries: within(last, to) }, finer)];
}

/** The boundaries that lie within rows of a level, by the start of their row, in order; undefined where those are too many rows. */
function breaksOf(boundaries: readonly Instant[], grid: Grid, most: number): Map<Instant, Instant[]> | undefined {
  const breaks = new Map<Instant, Instant[]>();
  for (const boundary of boundaries) {
    const start = grid.floor(boundary);
    if (start === boundary) continue;
    const ofRow = breaks.get(start);
    if (ofRow) ofRow.push(boundary);
    else breaks.set(start, [boundary]);
    if (breaks.size > most) return undefined;
  }
  return breaks;
}

function merged(sources: readonly Source[]): Source[] {
  const result: Source[] = [];
  for (const source of sources) {
    const last = result.at(-1);
    if (last?.level === source.level) result[result.length - 1] = { ...last, to: source.to };
    else result.push(source);
  }
  return result;
}

function clockGrid(level: Level, widthMs: number): Grid {
  return {
    level,
    widthMs,
    floor: (instant) => Math.floor(instant / widthMs) * widthMs,
    ceil: (instant) => Math.ceil(instant / widthMs) * widthMs,
  };
}

function dayGrid(timeZone: string): Grid {
  return {
    level: 'day',
    widthMs: DAY_MS,
    floor: (instant) => localDayAround(instant, timeZone).from,
    ceil(instant) {
      const { from, to } = localDayAround(instant, timeZone);
      return from === instant ? from : to;
    },
  };
}
