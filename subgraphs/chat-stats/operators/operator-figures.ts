import { compareText } from '#platform/ingest';
import type { OperatorPopulation } from './operator-population.ts';
import { readOperatorMessages } from './read-operator-messages.ts';
import { readOperatorTimes, toSeconds } from './read-operator-seconds.ts';
import { readActiveDialogues, readSkippedDialogues } from './read-operator-sessions.ts';

/** What one operator did in a period. */
export interface OperatorFigures {
  readonly operatorId: string;
  readonly dialoguesWithMessages: number;
  readonly activeDialogues: number;
  readonly skippedDialogues: number;
  readonly messages: number;
  readonly onlineSeconds: number;
  readonly pausedSeconds: number;
}

/** Figures of everybody who did anything in the period: most messages first, then by id. */
export async function readOperatorFigures(population: OperatorPopulation): Promise<OperatorFigures[]> {
  const whole = [population.period.from, population.period.to];
  const { messages, dialoguesWithMessages } = await readOperatorMessages(population, whole);
  const active = await readActiveDialogues(population, whole);
  const skipped = await readSkippedDialogues(population, whole);
  const { online, paused } = await readOperatorTimes(population, whole);
  const ids = new Set([messages, active, skipped, online, paused].flatMap((grid) => [...grid.operatorIds()]));
  const figures = [...ids].map((operatorId) => ({
    operatorId,
    dialoguesWithMessages: dialoguesWithMessages.of(operatorId)[0] ?? 0,
    activeDialogues: active.of(operatorId)[0] ?? 0,
    skippedDialogues: skipped.of(operatorId)[0] ?? 0,
    messages: messages.of(operatorId)[0] ?? 0,
    onlineSeconds: toSeconds(online.of(operatorId))[0] ?? 0,
    pausedSeconds: toSeconds(paused.of(operatorId))[0] ?? 0,
  }));
  return figures
    .filter(({ operatorId: _, ...measures }) => Object.values(measures).some((value) => value > 0))
    .sort((one, other) => other.messages - one.messages || compareText(one.operatorId, other.operatorId));
}
