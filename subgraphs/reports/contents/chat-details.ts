import { type Contents, type ContentsOptions, Words } from './contents.ts';
import { type AnsweredPage, type DetailColumn, type DetailList, detailTable } from './detail-table.ts';
import { count, moment, money, text } from './table.ts';

interface Named {
  name: string;
}

interface Dialogue {
  id: string;
  chat: Named;
  messenger: string;
  bot: Named | null;
  operators: Named[];
  startedAt: string;
  closedAt: string | null;
  clientMessages: number;
  botMessages: number;
  operatorMessages: number;
  price: { amount: string };
}

interface ChatMessage {
  id: string;
  dialogueId: string;
  author: string;
  operator: Named | null;
  sentAt: string;
  price: { amount: string } | null;
}

interface Stats {
  chatStats: { period: { asOf: string | null } };
}
type Dialogues = Stats & { dialogues: AnsweredPage<Dialogue>['list'] };
type ChatMessages = Stats & { chatMessages: AnsweredPage<ChatMessage>['list'] };

const DIALOGUES = `query ReportDialogues($period: PeriodInput!, $after: String, $isFirst: Boolean!) {
  chatStats(period: $period) { period { asOf } }
  dialogues(period: $period, first: 1000, after: $after) {
    totalCount @include(if: $isFirst)
    nodes {
      id chat { name } messenger bot { name } operators { name } startedAt closedAt
      clientMessages botMessages operatorMessages price { amount }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const CHAT_MESSAGES = `query ReportChatMessages($period: PeriodInput!, $after: String, $isFirst: Boolean!) {
  chatStats(period: $period) { period { asOf } }
  chatMessages(period: $period, first: 1000, after: $after) {
    totalCount @include(if: $isFirst)
    nodes { id dialogueId author operator { name } sentAt price { amount } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Every dialogue that began in the period, and every chat message that was sent in it. */
export function chatDetails(options: ContentsOptions): Contents {
  const words = new Words(options);
  const dialogues: DetailList<Dialogues, Dialogue> = {
    name: 'dialogues',
    source: 'chatMessages',
    question: DIALOGUES,
    variables: {},
    page: ({ chatStats, dialogues: list }) => ({ list, asOf: chatStats.period.asOf }),
    columns: dialogueColumns(words),
    share: [0, 0.3],
  };
  const messages: DetailList<ChatMessages, ChatMessage> = {
    name: 'chatMessages',
    source: 'chatMessages',
    question: CHAT_MESSAGES,
    variables: {},
    page: ({ chatStats, chatMessages: list }) => ({ list, asOf: chatStats.period.asOf }),
    columns: messageColumns(words),
    share: [0.3, 1],
  };
  return {
    tables: [detailTable(dialogues, options), detailTable(messages, options)],
    filters: [words.service, words.of('byStart'), words.of('bySending')],
  };
}

function dialogueColumns(words: Words): DetailColumn<Dialogue>[] {
  const messages = (name: 'clientMessages' | 'botMessages' | 'operatorMessages'): DetailColumn<Dialogue> => ({
    header: words.of(name),
    width: 13,
    cell: (dialogue) => count(dialogue[name]),
    sum: { kind: 'count', of: (dialogue) => dialogue[name] },
  });
  return [
    { header: words.of('dialogueId'), width: 38, cell: ({ id }) => text(id) },
    { header: words.of('chat'), width: 20, cell: ({ chat }) => text(chat.name) },
    { header: words.of('messenger'), width: 14, cell: ({ messenger }) => text(words.value(messenger)) },
    { header: words.of('bot'), width: 20, cell: ({ bot }) => text(bot?.name) },
    {
      header: words.of('operators'),
      width: 26,
      cell: ({ operators }) => text(operators.map(({ name }) => name).join('; ')),
    },
    { header: words.time('startedAt'), width: 22, cell: ({ startedAt }) => moment(startedAt) },
    { header: words.time('closedAt'), width: 22, cell: ({ closedAt }) => moment(closedAt) },
    messages('clientMessages'),
    messages('botMessages'),
    messages('operatorMessages'),
    {
      header: words.money('price'),
      width: 16,
      cell: ({ price }) => money(price),
      sum: { kind: 'money', of: ({ price }) => price.amount },
    },
  ];
}

function messageColumns(words: Words): DetailColumn<ChatMessage>[] {
  return [
    { header: words.of('messageId'), width: 38, cell: ({ id }) => text(id) },
    { header: words.of('dialogueId'), width: 38, cell: ({ dialogueId }) => text(dialogueId) },
    { header: words.of('author'), width: 14, cell: ({ author }) => text(words.value(author)) },
    { header: words.of('operator'), width: 20, cell: ({ operator }) => text(operator?.name) },
    { header: words.time('sentAt'), width: 22, cell: ({ sentAt }) => moment(sentAt) },
    {
      header: words.money('price'),
      width: 16,
      cell: ({ price }) => money(price),
      sum: { kind: 'money', of: ({ price }) => price?.amount ?? null },
    },
  ];
}
