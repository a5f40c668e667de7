import type { Company } from '#platform/companies';
import { type Sql, sql, type Transaction } from '#platform/database';
import { requireKnownIds } from '#platform/directory';
import type { PeriodInput, RequestContext } from '#platform/graphql';
import { type Population, restrictionsOf } from '#platform/statistics';
import { type Period, resolvePeriod } from '#platform/time';
import { BOTS, CHATS, OPERATOR_GROUPS, OPERATORS } from '../directory/named-ids.ts';
import { CHAT_MESSAGES, type ChatMessageFact } from '../messages/chat-message.fact.ts';
import type { AuthorNames, ChatFilter } from './chat-filter.ts';
import { DIALOGUES, type DialogueFact } from './dialogue.fact.ts';
import { HANDLED_BY } from './dialogue.row.ts';

/** What the figures of chats are asked about: a period and a filter of a company, checked. */
export interface ChatQuestion {
  readonly transaction: Transaction;
  readonly company: Company;
  readonly period: Period;
  readonly filter: ChatFilter;
}

type OptionalFilter = ChatFilter | null | undefined;

/** Checks period and filter. Throws BAD_USER_INPUT where the filter names ids that are not known. */
export async function readChatQuestion(
  context: RequestContext,
  periodInput: PeriodInput,
  optionalFilter: OptionalFilter,
): Promise<ChatQuestion> {
  const company = await context.company();
  const transaction = await context.transaction();
  const filter = optionalFilter ?? {};
  const period = resolvePeriod(periodInput, { timeZone: company.timeZone, moment: context.moment });
  await requireKnownIds(transaction, CHATS, filter.chatIds, ['filter', 'chatIds']);
  await requireKnownIds(transaction, OPERATORS, filter.operatorIds, ['filter', 'operatorIds']);
  await requireKnownIds(transaction, OPERATOR_GROUPS, filter.groupIds, ['filter', 'groupIds']);
  await requireKnownIds(transaction, BOTS, filter.botIds, ['filter', 'botIds']);
  return { transaction, company, period, filter };
}

/** The dialogues that started in the period and pass the filter. */
export function dialoguePopulation({ company, period, filter }: ChatQuestion): Population<DialogueFact> {
  return {
    fact: DIALOGUES,
    companyId: company.id,
    axis: 'STARTED_AT',
    period,
    restrictions: dialogueRestrictions(filter),
    conditions: dialogueConditions(filter),
  };
}

/** The messages sent in the period by these authors, of dialogues that pass the filter, whenever they started. */
export function chatMessagePopulation(question: ChatQuestion, authors: AuthorNames): Population<ChatMessageFact> {
  const { company, period, filter } = question;
  const operatorIds = wanted(filter.operatorIds);
  const theirs = operatorIds && sql`author <> 'OPERATOR' OR operator_id = ANY(${operatorIds}::text[])`;
  return {
    fact: CHAT_MESSAGES,
    companyId: company.id,
    axis: 'SENT_AT',
    period,
    restrictions: [...dialogueRestrictions(filter), ...restrictionsOf({ AUTHOR: authors })],
    conditions: [...dialogueConditions(filter), ...(theirs ? [theirs] : [])],
  };
}

function dialogueRestrictions({ chatIds, messengers, botIds, groupIds }: ChatFilter) {
  return restrictionsOf({ CHAT: chatIds, MESSENGER: messengers, BOT: botIds, GROUP: groupIds });
}

/** What a dialogue's own columns must be, for dialogues and messages alike. */
function dialogueConditions({ operatorIds, hasCustomerMessages, handledBy }: ChatFilter): Sql[] {
  const operators = wanted(operatorIds);
  const handlers = wanted(handledBy);
  return [
    ...(operators ? [sql`operator_ids && ${operators}::text[]`] : []),
    ...(hasCustomerMessages == null ? [] : [sql`(client_messages > 0) = ${hasCustomerMessages}::boolean`]),
    ...(handlers ? [sql`${HANDLED_BY} = ANY(${handlers}::text[])`] : []),
  ];
}

function wanted<T extends string>(values: readonly T[] | null | undefined): readonly T[] | undefined {
  return values && values.length > 0 ? values : undefined;
}
