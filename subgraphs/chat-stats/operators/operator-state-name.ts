/** What an operator may be doing; the states exclude one another. */
export const OPERATOR_STATE_NAMES = ['ONLINE', 'PAUSED', 'OFFLINE'] as const;
export type OperatorStateName = (typeof OPERATOR_STATE_NAMES)[number];
