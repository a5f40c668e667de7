import type { PlannedDialogue } from './chat-plan.ts';

/** A dialogue in the hands of one operator. Moments are epoch milliseconds. */
export interface Assignment {
  operatorId: string;
  assignedAt: number;
  releasedAt: number;
}

const SECOND = 1000;
/** How long the platform waits for an operator before it gives a dialogue up. */
const PATIENCE_MS = 240 * SECOND;

/**
 * Who was given a dialogue: from the client's wish for a person on those who wrote, one after another until it was closed; or the
 * one who let it lie.
 */
export function assignmentsOf({ messages, closedAt, offeredTo }: PlannedDialogue): Assignment[] {
  const answers = messages.filter(({ author }) => author === 'OPERATOR');
  const first = answers[0]?.at ?? Number.POSITIVE_INFINITY;
  const asked = messages.findLast(({ author, at }) => author === 'CLIENT' && at < first);
  if (!offeredTo || !asked) return [];
  const givenAt = asked.at + SECOND;
  if (answers.length === 0) return [{ operatorId: offeredTo, assignedAt: givenAt, releasedAt: givenAt + PATIENCE_MS }];
  const takers = answers.filter(({ operatorId }, index) => operatorId !== answers[index - 1]?.operatorId);
  const starts = takers.map(({ at }, index) => (index === 0 ? givenAt : at - 3 * SECOND));
  return takers.map(({ operatorId = '' }, index) => {
    return { operatorId, assignedAt: starts[index] ?? givenAt, releasedAt: starts[index + 1] ?? closedAt };
  });
}
