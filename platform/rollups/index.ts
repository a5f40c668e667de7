export { agrees, type Comparison, compareLevels, type Difference } from './compare.ts';
export {
  createLevelTables,
  createRollupTables,
  dropLevelTables,
  dropRollupTables,
  type LevelColumns,
} from './create-tables.ts';
export { type Change, writeDeltas } from './deltas.ts';
export { type Retention, readAgeLimit } from './drop-rows.ts';
export { lookAfter, type RollupSettings, rebuildLevels } from './look-after.ts';
export type { AnyRollup, Contribution, Rollup } from './rollup.ts';
export { ROLLUP_CONNECTIONS, RollupWorker, type RollupWorkerParts } from './rollup-worker.ts';
