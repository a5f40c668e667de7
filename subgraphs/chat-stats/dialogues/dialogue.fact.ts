import { identifier, sql } from '#platform/database';
import { defineFact } from '#platform/statistics';
import { HANDLED_BY } from './dialogue.row.ts';
import { MESSENGERS } from './messenger.ts';

/** Who handled a dialogue, with the names that people know them by. */
export const HANDLERS = { ROBOT: 'Robot', OPERATOR: 'Operator', NOBODY: 'Nobody' } as const;

const handledBy = (who: keyof typeof HANDLERS) => sql`(${HANDLED_BY} = ${who})::int`;

/** Dialogues: one row a dialogue, placed by its start. */
export const DIALOGUES = defineFact({
  name: 'dialogues',
  table: identifier('dialogues'),
  axes: { STARTED_AT: sql`started_at` },
  dimensions: {
    CHAT: {
      description: 'The chat: a widget, an account of a messenger.',
      key: sql`chat_id`,
      labels: 'kept elsewhere',
    },
    MESSENGER: { description: 'The messenger of the dialogue.', key: sql`messenger::text`, labels: MESSENGERS },
    BOT: { description: 'The bot of the dialogue.', key: sql`coalesce(bot_id, '')`, labels: 'kept elsewhere' },
    GROUP: {
      description: 'The group of operators that the dialogue went to.',
      key: sql`coalesce(group_id, '')`,
      labels: 'kept elsewhere',
    },
    HANDLED_BY: { description: 'Who handled the dialogue; of dialogues only.', key: HANDLED_BY, labels: HANDLERS },
    OPERATOR: {
      description: 'The operator who wrote; a dialogue in which several did is in the line of each.',
      key: sql`unnest(CASE WHEN operator_ids = '{}' THEN ARRAY[''] ELSE operator_ids END)`,
      labels: 'kept elsewhere',
      multiple: true,
    },
  },
  sums: {
    total: { description: 'Dialogues.', value: sql`1` },
    byRobot: { description: 'The bot wrote and no operator did.', value: handledBy('ROBOT') },
    byOperator: { description: 'An operator wrote.', value: handledBy('OPERATOR') },
    unhandled: { description: 'Neither a bot nor an operator wrote.', value: handledBy('NOBODY') },
  },
  distincts: {},
  durations: {
    firstResponse: {
      description: 'First operator message minus first client message, where the client wrote before.',
      value: sql`CASE WHEN first_client_at < first_operator_at
        THEN (extract(epoch FROM first_operator_at - first_client_at) * 1000)::bigint END`,
    },
  },
});

export type DialogueFact = typeof DIALOGUES;
