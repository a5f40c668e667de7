export { type Breakdown, type Line, lineKey, readBreakdown, readDistinct, readTotals } from './aggregate.ts';
export {
  type AxisOf,
  type Dimension,
  type DimensionOf,
  type Distinct,
  defineFact,
  type Fact,
  labelOf,
  NO_VALUE_LABEL,
  type Sum,
  type Sums,
} from './fact.ts';
export { type Population, type Restriction, readDimensions, readFirst, restrictionsOf } from './population.ts';
export { readSeriesOf, Series, type SeriesLine } from './series.ts';
export { axisColumn, conditions } from './source.ts';
