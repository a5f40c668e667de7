/** Directions as seen from the company, with the names that people know them by. */
export const CALL_DIRECTIONS = { INBOUND: 'Inbound', OUTBOUND: 'Outbound' } as const;
export type CallDirection = keyof typeof CALL_DIRECTIONS;

/**
 * Statuses with their names. Of two states of a leg the one of the greater rank stands. `reached`: the network did its part,
 * whatever the person called then did (ITU-T E.425).
 */
export const CALL_STATUSES = {
  IN_PROGRESS: { name: 'In progress', rank: 0, reached: false },
  ANSWERED: { name: 'Answered', rank: 1, reached: true },
  NO_ANSWER: { name: 'No answer', rank: 1, reached: true },
  BUSY: { name: 'Busy', rank: 1, reached: true },
  FAILED: { name: 'Failed', rank: 1, reached: false },
  CANCELED: { name: 'Canceled', rank: 1, reached: false },
  REJECTED: { name: 'Rejected', rank: 1, reached: true },
  CONGESTION: { name: 'Congestion', rank: 1, reached: false },
} as const;
export type CallStatus = keyof typeof CALL_STATUSES;

export const DIRECTION_NAMES = Object.keys(CALL_DIRECTIONS) as CallDirection[];
export const STATUS_NAMES = Object.keys(CALL_STATUSES) as CallStatus[];
/** Statuses that show that the network did its part. */
export const REACHED: readonly CallStatus[] = STATUS_NAMES.filter((status) => CALL_STATUSES[status].reached);
