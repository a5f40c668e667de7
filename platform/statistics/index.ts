export type { DurationFigures } from './aggregate.ts';
export { requireRows } from './dropped-rows.ts';
export {
  type AxisOf,
  type Dimension,
  type DimensionOf,
  type Distinct,
  type DistinctOf,
  type Duration,
  type DurationOf,
  defineFact,
  type Fact,
  type Levels,
  type Sum,
  type SumOf,
  type Sums,
} from './fact.ts';
export { type CountedLine, FactQuery, type FactQueryOptions } from './fact-query.ts';
export { type LabelReader, NO_VALUE_LABEL } from './labels.ts';
export {
  axisBit,
  axisNumber,
  deltasByAxis,
  LEVELS,
  type Level,
  type LeveledFact,
  levelColumn,
  levelColumnName,
  levelDimensions,
  levelShape,
  levelTable,
} from './level.ts';
export { type RollupState, type RollupStatus, readableOf, readRollupState } from './level-state.ts';
export { placePoints } from './points.ts';
export { LARGEST_LINES, type Population, type Restriction, readFirst, restrictionsOf } from './population.ts';
export type { Series, SeriesLine } from './series.ts';
export { axisColumn, conditions } from './source.ts';
export { QUARTER_MS } from './source-plan.ts';
