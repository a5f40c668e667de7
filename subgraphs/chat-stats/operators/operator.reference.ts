import { GROUPS_OF, type OperatorQuestion, type OperatorStory } from './operator.arbitrary.ts';

/** A slow and plain reading of the rules for operators, written apart from the service. */

type Span = readonly [from: number, to: number];

const meets = ([a, b]: Span, [c, d]: Span) => Math.max(a, c) < Math.min(b, d);
const overlapMs = ([a, b]: Span, [c, d]: Span) => Math.max(0, Math.min(b, d) - Math.max(a, c));

interface Work {
  messages: { dialogueId: string; at: number }[];
  sessions: { dialogueId: string; assignedAt: number; open: Span; isSkipped: boolean }[];
  states: { state: string; span: Span; lasts: boolean }[];
}

/** What remains of the story once everything was told: of dialogues that pass the filter, and of states whatever it says. */
function workOf(story: OperatorStory, { filter }: OperatorQuestion, asOf: number): Map<string, Work> {
  const { gone } = story;
  const messages = story.messages.filter(({ id }) => !gone.messages.includes(id));
  const dialogues = story.dialogues
    .filter(({ id }) => !gone.dialogues.includes(id))
    .filter(({ id, messenger }) => {
      const authors = messages.filter(({ dialogueId }) => dialogueId === id).map(({ author }) => author);
      const handler = authors.includes('OPERATOR') ? 'OPERATOR' : authors.includes('BOT') ? 'ROBOT' : 'NOBODY';
      const { messengers = [], hasCustomerMessages, handledBy = [] } = filter;
      if (messengers.length > 0 && !messengers.includes(messenger)) return false;
      if (hasCustomerMessages !== undefined && authors.includes('CLIENT') !== hasCustomerMessages) return false;
      return handledBy.length === 0 || handledBy.includes(handler);
    });
  const closings = new Map(dialogues.map(({ id, closedAt }) => [id, closedAt ?? Number.POSITIVE_INFINITY]));
  const isAsked = (operatorId: string) => {
    const { operatorIds = [], groupIds = [] } = filter;
    const groups = GROUPS_OF[operatorId] ?? [];
    return (
      (operatorIds.length === 0 || operatorIds.includes(operatorId)) &&
      (groupIds.length === 0 || groups.some((group) => groupIds.includes(group)))
    );
  };
  const workOfOne = (operatorId: string): Work => ({
    messages: messages
      .filter((message) => message.operatorId === operatorId && closings.has(message.dialogueId))
      .map(({ dialogueId, sentAt }) => ({ dialogueId, at: sentAt })),
    sessions: story.sessions
      .filter(({ id }) => !gone.sessions.includes(id))
      .filter((session) => session.operatorId === operatorId && closings.has(session.dialogueId))
      .map(({ dialogueId, assignedAt, releasedAt, skipped }) => {
        const end = Math.min(releasedAt ?? Number.POSITIVE_INFINITY, closings.get(dialogueId) ?? 0);
        const inDialogue = messages.filter((message) => message.dialogueId === dialogueId && message.sentAt < end);
        const wrote = inDialogue.some((one) => one.operatorId === operatorId && one.sentAt >= assignedAt);
        const asked = inDialogue.some(({ author }) => author === 'CLIENT');
        const isSkipped = skipped ?? (end <= asOf && asked && !wrote);
        return { dialogueId, assignedAt, open: [assignedAt, Math.min(end, asOf)], isSkipped };
      }),
    states: statesOf(story, operatorId, asOf),
  });
  return new Map(
    Object.keys(GROUPS_OF)
      .filter(isAsked)
      .map((id) => [id, workOfOne(id)]),
  );
}

function statesOf({ states, gone }: OperatorStory, operatorId: string, asOf: number): Work['states'] {
  const own = states.filter((state, index) => state.operatorId === operatorId && !gone.states.includes(index));
  const inOrder = own.toSorted((one, other) => one.at - other.at);
  return inOrder
    .map(({ state, at }, index): Work['states'][number] => {
      const end = inOrder[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      return { state, span: [at, Math.min(end, asOf)], lasts: end > asOf };
    })
    .filter(({ span: [from, to] }) => from < to);
}

function measuresOf({ messages, sessions, states }: Work, span: Span) {
  const within = (at: number) => at >= span[0] && at < span[1];
  const written = messages.filter(({ at }) => within(at));
  const distinct = (rows: readonly { dialogueId: string }[]) => new Set(rows.map(({ dialogueId }) => dialogueId)).size;
  const ms = (wanted: string) =>
    states.filter(({ state }) => state === wanted).reduce((sum, state) => sum + overlapMs(state.span, span), 0);
  return {
    dialoguesWithMessages: distinct(written),
    activeDialogues: distinct(sessions.filter(({ open }) => meets(open, span))),
    skippedDialogues: distinct(sessions.filter(({ assignedAt, isSkipped }) => isSkipped && within(assignedAt))),
    messages: written.length,
    onlineMs: ms('ONLINE'),
    pausedMs: ms('PAUSED'),
  };
}

const secondsOf = (ms: number) => Math.floor((ms + 500) / 1000);

/** Seconds up to each edge, rounded, and what each bucket adds to them. */
function secondsByBucket(ms: readonly number[]): number[] {
  const upTo = ms.map((_, index) => secondsOf(ms.slice(0, index + 1).reduce((sum, one) => sum + one, 0)));
  return upTo.map((seconds, index) => seconds - (upTo[index - 1] ?? 0));
}

/** The answer to the question of the property test, given the edges of its buckets and the last commit. */
export function operatorsOf(story: OperatorStory, question: OperatorQuestion, asOf: number, edges: readonly number[]) {
  const work = workOf(story, question, asOf);
  const period: Span = [question.from, question.to];
  const breakdown = [...work]
    .map(([id, ofOne]) => {
      const { onlineMs, pausedMs, ...counts } = measuresOf(ofOne, period);
      return {
        operator: { id },
        ...counts,
        onlineSeconds: secondsOf(onlineMs),
        pausedSeconds: secondsOf(pausedMs),
      };
    })
    .filter(({ operator: _, ...measures }) => Object.values(measures).some((value) => value > 0))
    .sort((one, other) => other.messages - one.messages || (one.operator.id < other.operator.id ? -1 : 1));
  const buckets = edges.slice(1).map((end, index): Span => [edges[index] ?? 0, end]);
  const lines = breakdown.map(({ operator }) => {
    const columns = buckets.map((bucket) => measuresOf(work.get(operator.id) as Work, bucket));
    return {
      operator,
      dialoguesWithMessages: columns.map((column) => column.dialoguesWithMessages),
      activeDialogues: columns.map((column) => column.activeDialogues),
      skippedDialogues: columns.map((column) => column.skippedDialogues),
      messages: columns.map((column) => column.messages),
      onlineSeconds: secondsByBucket(columns.map(({ onlineMs }) => onlineMs)),
      pausedSeconds: secondsByBucket(columns.map(({ pausedMs }) => pausedMs)),
    };
  });
  const timeline = [...work].flatMap(([id, { states }]) => timelineOf(id, states, period, asOf));
  return { breakdown, series: { lines, omittedLines: 0 }, timeline };
}

function timelineOf(id: string, states: Work['states'], [from, to]: Span, asOf: number) {
  const first = states[0];
  if (!first || first.span[0] >= to) return [];
  const whole = [{ state: 'OFFLINE', span: [from, first.span[0]] as Span, lasts: false }, ...states];
  const shown = whole.filter(({ span }) => meets(span, [from, to]));
  const changes = shown.filter(({ state }, index) => state !== shown[index - 1]?.state);
  return changes.map((stretch, index) => {
    const next = changes[index + 1];
    const last = shown.at(-1);
    const lasts = !next && last?.lasts === true && asOf < to;
    const end = next ? next.span[0] : Math.min(last?.span[1] ?? to, to);
    return {
      operator: { id },
      state: stretch.state,
      from: new Date(Math.max(stretch.span[0], from)).toISOString(),
      to: lasts ? null : new Date(end).toISOString(),
    };
  });
}
