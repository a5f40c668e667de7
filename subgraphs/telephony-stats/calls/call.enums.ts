import { describedEnum } from '#platform/graphql';
import { CALLS } from './call.fact.ts';

export const CallDirection = describedEnum('CallDirection', 'Who called whom.', {
  INBOUND: 'Somebody called the company.',
  OUTBOUND: 'The company called somebody.',
});

export const CallStatus = describedEnum('CallStatus', 'The status that a call has now.', {
  IN_PROGRESS: 'Not answered yet, and not over.',
  ANSWERED: 'Answered; it may still be going on.',
  NO_ANSWER: 'It rang and nobody answered.',
  BUSY: 'The line was busy.',
  FAILED: 'It could not be put through.',
  CANCELED: 'The caller hung up before an answer.',
  REJECTED: 'The person called refused it.',
  CONGESTION: 'The network had no free channel.',
});

export const CallDimension = describedEnum('CallDimension', 'By what calls are grouped.', {
  STATUS: CALLS.dimensions.STATUS.description,
  DURATION: CALLS.dimensions.DURATION.description,
  TRUNK: CALLS.dimensions.TRUNK.description,
  DIRECTION: CALLS.dimensions.DIRECTION.description,
  BOT: CALLS.dimensions.BOT.description,
  OPERATOR: CALLS.dimensions.OPERATOR.description,
  BOT_EVALUATION: CALLS.dimensions.BOT_EVALUATION.description,
});
