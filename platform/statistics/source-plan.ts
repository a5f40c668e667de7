import { HOUR_MS, type Instant, localDayAround, MINUTE_MS } from '#platform/time';
import type { Level } from './level.ts';

/** A stretch of time, and the table that its figures are read from. */
export interface Stretch<From> {
  readonly level: From;
  readonly from: Instant;
  readonly to: Instant;
}

/** A part of a plan. `raw` is the table of current rows itself. */
export type Source = Stretch<'raw'> | Stretch<Level>;

/** The buckets of a level: `floor` gives the last start of one that is not after an instant, `ceil` the first not before. */
export interface Grid {
  readonly level: Level;
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

/**
 * How many boundaries of buckets may lie inside of a level's rows before a finer level is taken for the whole. A clock that
 * changes at an odd minute makes one or two in a year; each costs the statement a few parts.
 */
const MAX_BREAKS = 4;

/**
 * Chooses where an answer is read from. Sources follow one another without a gap from the first boundary to the last, and no
 * row of a source lies in two buckets: `raw | quarter | hour | day | hour | quarter | raw`, as far as the boundaries allow. Pure.
 * @param boundaries of the buckets asked for, ascending; the two ends of the period where there are none
 * @param grids levels to choose from, from coarse to fine
 */
export function planSources(boundaries: readonly Instant[], grids: readonly Grid[]): readonly Source[] {
  const [from, to] = [boundaries[0] as Instant, boundaries.at(-1) as Instant];
  for (let index = 0; index < grids.length; index++) {
    const breaks = breaksOf(boundaries, grids[index] as Grid);
    if (breaks.length > MAX_BREAKS) continue;
    const ends = [from, ...breaks, to];
    return merged(ends.slice(1).flatMap((end, part) => cover(ends[part] as Instant, end, grids.slice(index))));
  }
  return [{ level: 'raw', from, to }];
}

/** Boundaries between two buckets that are none of a level; of too many only as many as show that they are. */
function breaksOf(boundaries: readonly Instant[], grid: Grid): Instant[] {
  const breaks: Instant[] = [];
  for (let index = 1; index < boundaries.length - 1 && breaks.length <= MAX_BREAKS; index++) {
    const boundary = boundaries[index] as Instant;
    if (grid.floor(boundary) !== boundary) breaks.push(boundary);
  }
  return breaks;
}

/** Covers a stretch with the coarsest level as far as it reaches, and its two ends with finer ones. */
function cover(from: Instant, to: Instant, [grid, ...finer]: readonly Grid[]): Source[] {
  if (from >= to) return [];
  if (!grid) return [{ level: 'raw', from, to }];
  const [first, last] = [grid.ceil(from), grid.floor(to)];
  if (first > last) return cover(from, to, finer);
  const middle = first < last ? [{ level: grid.level, from: first, to: last }] : [];
  // Split also where the level reaches nowhere: its one start between the ends may divide two buckets.
  return [...cover(from, first, finer), ...middle, ...cover(last, to, finer)];
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
    floor: (instant) => Math.floor(instant / widthMs) * widthMs,
    ceil: (instant) => Math.ceil(instant / widthMs) * widthMs,
  };
}

function dayGrid(timeZone: string): Grid {
  return {
    level: 'day',
    floor: (instant) => localDayAround(instant, timeZone).from,
    ceil(instant) {
      const { from, to } = localDayAround(instant, timeZone);
      return from === instant ? from : to;
    },
  };
}
