import { OPERATORS } from './chat-people.ts';
import { demoChatMessages, demoDialogues } from './chats.ts';
import { demoOperatorSessions, demoOperatorStates } from './operators.ts';
import { DEMO_SCENARIO, streamOptions } from './scenario.ts';

const NOW = Date.parse('2026-06-17T11:24:00Z');
const OPTIONS = streamOptions(DEMO_SCENARIO, NOW);
const LATER = { ...OPTIONS, to: NOW + 26 * 3_600_000 };
const SESSIONS = [...demoOperatorSessions(OPTIONS)];
const STATES = [...demoOperatorStates(OPTIONS)];

test.each([
  ['operator-sessions', demoOperatorSessions],
  ['operator-states', demoOperatorStates],
])('a later present adds lines of %s and changes none', (_, lines) => {
  const later = new Set([...lines(LATER)].map((line) => JSON.stringify(line)));
  const now = [...lines(OPTIONS)].map((line) => JSON.stringify(line));
  expect(now.filter((line) => !later.has(line))).toEqual([]);
  expect(later.size).toBeGreaterThan(now.length);
});

test('every assignment is of a dialogue that has started, and whoever wrote in one was given it at that time', () => {
  const started = new Map([...demoDialogues(OPTIONS)].map(({ id, startedAt }) => [id, startedAt]));
  expect(SESSIONS.filter(({ dialogueId, assignedAt }) => !((started.get(dialogueId) ?? 'none') <= assignedAt))).toEqual(
    [],
  );
  const assignments = Map.groupBy(
    SESSIONS.filter(({ releasedAt }) => releasedAt),
    ({ dialogueId }) => dialogueId,
  );
  const stray = [...demoChatMessages(OPTIONS)].filter(
    ({ author, dialogueId, operatorId, sentAt }) =>
      author === 'OPERATOR' &&
      assignments.has(dialogueId) &&
      !assignments
        .get(dialogueId)
        ?.some((one) => one.operatorId === operatorId && one.assignedAt <= sentAt && sentAt < (one.releasedAt ?? '')),
  );
  expect(stray.length).toBeLessThan(5); // Whoever is still at it when the present cuts the history.
  const skipped = [...assignments.values()].flat().filter(({ assignedAt, releasedAt = '' }) => {
    return Date.parse(releasedAt) - Date.parse(assignedAt) === 240_000;
  });
  expect(skipped.length / assignments.size).toBeGreaterThan(0.03);
});

test('operators are online for most of their shifts, pause within them, and are away at the end', () => {
  const of = Map.groupBy(STATES, ({ operatorId }) => operatorId);
  expect([...of.keys()].sort()).toEqual(OPERATORS.map(({ id }) => id).sort());
  for (const changes of of.values()) {
    const seconds: Record<string, number> = { ONLINE: 0, PAUSED: 0, OFFLINE: 0 };
    changes.forEach(({ state, at }, index) => {
      const next = changes[index + 1];
      expect(next?.state).not.toBe(state);
      seconds[state] = (seconds[state] ?? 0) + (Date.parse(next?.at ?? at) - Date.parse(at)) / 1000;
    });
    const { ONLINE = 0, PAUSED = 0 } = seconds;
    expect(PAUSED / (ONLINE + PAUSED)).toBeGreaterThan(0.08);
    expect(PAUSED / (ONLINE + PAUSED)).toBeLessThan(0.2);
  }
  expect(SESSIONS.length).toBeGreaterThan(6_000);
  expect(STATES.length).toBeGreaterThan(3_000);
});
