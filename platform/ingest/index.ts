export { createCompanyTables, lockCompany, readAsOf, readErased } from './company-tables.ts';
export { BrokenCompression, decodeContent } from './content-encoding.ts';
export { applyLines, type BatchContext, type CurrentState, type Deletion, type RowChange } from './current-state.ts';
export {
  type ApplyLines,
  currentStateStream,
  type EventContext,
  type EventRequest,
  type EventStream,
  eventStream,
} from './event-stream.ts';
export {
  invalidField,
  isDeleted,
  type JsonObject,
  optionalBoolean,
  optionalContent,
  optionalEnum,
  optionalId,
  optionalIds,
  optionalText,
  required,
  requiredEnum,
  requiredId,
  requiredText,
} from './fields.ts';
export type {
  BatchStore,
  IngestAnswer,
  IngestKind,
  IngestOptions,
  LineOutcome,
  StoreLines,
} from './ingest-kind.ts';
export { ingestStream } from './ingest-stream.ts';
export { IngestTally, MAX_LISTED_ERRORS } from './ingest-tally.ts';
export { type LineError, LineFault, type LineFaultCode } from './line-fault.ts';
export { MAX_LINE_BYTES, type RawLine, type ReadLine, readLines, type UnreadableLine } from './line-reader.ts';
export {
  type Compare,
  compareNumbers,
  greaterStatus,
  greatestOf,
  identityField,
  laterOf,
  leastOf,
  type Stamped,
  type StatusAt,
} from './merge.ts';
export { optionalInteger, optionalLatitude, optionalLongitude, optionalPrice } from './number-fields.ts';
export { type ParsedLine, parsedLines } from './parsed-lines.ts';
export { showInstant, showValue } from './show-value.ts';
export { compareText } from './text-order.ts';
export { optionalTime, type Receipt, requiredTime } from './time-fields.ts';
