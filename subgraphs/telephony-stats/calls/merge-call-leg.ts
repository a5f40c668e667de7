import {
  type Compare,
  type CurrentState,
  compareNumbers,
  compareText,
  greaterStatus,
  identityField,
  laterOf,
  showInstant,
} from '#platform/ingest';
import { writeDeltas } from '#platform/rollups';
import { settleLoad } from '../load/settle-load.ts';
import type { CallLine } from './call.line.ts';
import { CALL_ROLLUP } from './call.rollup.ts';
import { CALL_LEG_TABLE, type CallLegRow, type OptionalLegFields } from './call-leg.row.ts';
import { endOfLeg } from './call-of-legs.ts';
import { CALL_STATUSES, type CallStatus } from './call-status.ts';
import { hashNumbers } from './number-hash.ts';
import { settleCalls } from './settle-calls.ts';

const ranks = Object.fromEntries(Object.entries(CALL_STATUSES).map(([status, { rank }]) => [status, rank]));
const greater = greaterStatus(ranks as Record<CallStatus, number>);

/** Optional fields, and which of two values with one stamp stands. */
const OPTIONAL: { [Name in keyof OptionalLegFields]: Compare<OptionalLegFields[Name]> } = {
  answeredAt: compareNumbers,
  endedAt: compareNumbers,
  holdSeconds: compareNumbers,
  wrapUpSeconds: compareNumbers,
  trunkId: compareText,
  botId: compareText,
  operatorId: compareText,
  numberHash: compareText,
  evaluation: compareText,
  cause: compareText,
};

/** How events of a leg become its current row, and the legs their calls. Each column merges on its own. */
export const CALL_LEG_STATE: CurrentState<CallLine, CallLegRow> = {
  kind: 'calls',
  table: CALL_LEG_TABLE,
  prepare: hashNumbers,
  merge: mergeCallLeg,
  countsAlike: (one, other) =>
    COUNTED.every((field) => one[field] === other[field]) && endOfLeg(one) === endOfLeg(other),
  async settle(transaction, changes, _erased, { moment }) {
    await settleLoad(transaction, changes);
    await writeDeltas(transaction, CALL_ROLLUP, await settleCalls(transaction, changes), moment);
  },
};

/** Columns that a figure depends on, beside the end of the leg. */
const COUNTED = [
  'callId',
  'status',
  'answeredAt',
  'holdSeconds',
  'wrapUpSeconds',
  'trunkId',
  'botId',
  'operatorId',
  'numberHash',
  'evaluation',
  'priceMicros',
] as const;

function mergeCallLeg(known: CallLegRow | undefined, line: CallLine): CallLegRow {
  const direction = identityField('direction', known?.direction, line.direction) ?? line.direction;
  const startedAt = identityField('startedAt', known?.startedAt, line.startedAt, showInstant) ?? line.startedAt;
  const rootId = identityField('rootId', known?.rootId, line.rootId);
  const { status, at: statusAt } = greater(known && { status: known.status, at: known.statusAt }, {
    status: line.status,
    at: line.statusAt,
  });
  const price = laterOf(
    stamped(known?.priceMicros, known?.priceAt),
    stamped(line.priceMicros, line.priceAt),
    compareNumbers,
  );
  return {
    id: line.id,
    callId: rootId ?? line.id,
    rootId,
    direction,
    startedAt,
    status,
    statusAt,
    ...mergeOptional(known, line),
    priceMicros: price?.value ?? null,
    priceAt: price?.at ?? null,
  };
}

/** The optional columns with their stamps; both are null where no event has carried the value. */
function mergeOptional(known: CallLegRow | undefined, line: CallLine) {
  const names = Object.keys(OPTIONAL) as (keyof OptionalLegFields)[];
  const columns = names.flatMap((name) => {
    const best = laterOf<string | number>(
      stamped(known?.[name], known?.[`${name}At`]),
      stamped(line[name], line.statusAt),
      OPTIONAL[name] as Compare<string | number>,
    );
    return [
      [name, best?.value ?? null],
      [`${name}At`, best?.at ?? null],
    ];
  });
  return Object.fromEntries(columns) as Pick<CallLegRow, keyof OptionalLegFields | `${keyof OptionalLegFields}At`>;
}

function stamped<T>(value: T | null | undefined, at: number | null | undefined) {
  return value == null || at == null ? undefined : { value, at };
}
