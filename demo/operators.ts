import { chatDays } from './chat-plan.ts';
import { assignmentsOf } from './operator-assignments.ts';
import { shiftDays } from './operator-shifts.ts';
import { orderedLines } from './ordered-lines.ts';
import type { DemoStreamOptions } from './scenario.ts';

/** Lines of the kinds `operator-sessions` and `operator-states` of the ingest. */
export interface OperatorSessionLine {
  id: string;
  dialogueId: string;
  operatorId: string;
  assignedAt: string;
  releasedAt?: string;
}

export interface OperatorStateLine {
  operatorId: string;
  state: string;
  at: string;
}

/** Who was given which dialogue up to `to`: a line when they are, and one when they are released. About 3,500 in three months. */
export function demoOperatorSessions({ seed, from, to, timeZone }: DemoStreamOptions): Generator<OperatorSessionLine> {
  return orderedLines(
    chatDays(seed, from, to, timeZone),
    ({ dialogues }) =>
      dialogues.flatMap((dialogue) =>
        assignmentsOf(dialogue).flatMap(({ operatorId, assignedAt, releasedAt }, index) => {
          const id = `${dialogue.id}-s${index + 1}`;
          const line = { id, dialogueId: dialogue.id, operatorId, assignedAt: timeText(assignedAt) };
          return [
            { at: assignedAt, line },
            { at: releasedAt, line: { ...line, releasedAt: timeText(releasedAt) } },
          ];
        }),
      ),
    to,
  );
}

/** When operators came, paused and went, up to `to`. About 4,000 changes in three months. */
export function demoOperatorStates({ seed, from, to, timeZone }: DemoStreamOptions): Generator<OperatorStateLine> {
  return orderedLines(
    shiftDays(seed, from, to, timeZone),
    ({ changes }) => changes.map(({ at, ...rest }) => ({ at, line: { ...rest, at: timeText(at) } })),
    to,
  );
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
