export type Direction = 'INBOUND' | 'OUTBOUND';
export type CallStatus = 'ANSWERED' | 'NO_ANSWER' | 'BUSY' | 'FAILED' | 'CANCELED' | 'REJECTED' | 'CONGESTION';

/** How calls of one direction fare. */
export interface CallProfile {
  /** What becomes of a call; relative weights. */
  endings: Readonly<Record<CallStatus, number>>;
  /** Share of the calls that a bot answers or makes; the others are an operator's. */
  botShare: number;
  trunks: Readonly<Record<string, number>>;
  /** Price of a begun minute, millionths of the company's currency. */
  minuteMicros: number;
}

export const CALL_PROFILES: Readonly<Record<Direction, CallProfile>> = {
  INBOUND: {
    endings: { ANSWERED: 79, NO_ANSWER: 7, CANCELED: 8, BUSY: 2.5, REJECTED: 0.5, FAILED: 2, CONGESTION: 1 },
    botShare: 0.6,
    trunks: { 'trunk-city': 70, 'trunk-mobile': 30 },
    minuteMicros: 4_500,
  },
  OUTBOUND: {
    endings: { ANSWERED: 54, NO_ANSWER: 22, CANCELED: 3, BUSY: 9, REJECTED: 6, FAILED: 4, CONGESTION: 2 },
    botShare: 0.75,
    trunks: { 'trunk-mobile': 65, 'trunk-city': 25, 'trunk-reserve': 10 },
    minuteMicros: 14_200,
  },
};

/** Causes as carriers word them. */
export const CAUSES: Readonly<Record<CallStatus, string>> = {
  ANSWERED: 'Normal clearing',
  NO_ANSWER: 'No answer from user',
  BUSY: 'User busy',
  FAILED: 'Unallocated number',
  CANCELED: 'Originator cancel',
  REJECTED: 'Call rejected',
  CONGESTION: 'Circuit congestion',
};

/** How people judge the bot's work, and how often; the empty one is no judgement. */
export const EVALUATIONS = { GOOD: 52, NEUTRAL: 21, BAD: 9, '': 18 } as const;

/** Bots and operators who also speak in chats. */
export const BOTS = { 'bot-welcome': 55, 'bot-orders': 30, 'bot-faq': 15 } as const;
export const OPERATORS = ['op-1', 'op-2', 'op-4', 'op-5', 'op-6', 'op-7'] as const;

/** The trunks of the demo company; the reserve has no limit. */
export const TRUNKS = [
  { id: 'trunk-city', name: 'City lines', callsPerSecondLimit: 10 },
  { id: 'trunk-mobile', name: 'Mobile carrier', callsPerSecondLimit: 5 },
  { id: 'trunk-reserve', name: 'Reserve' },
] as const;
