import { type Contents, type ContentsOptions, Words } from './contents.ts';
import { type AnsweredPage, type DetailColumn, detailTable } from './detail-table.ts';
import { count, moment, money, text } from './table.ts';

interface Message {
  id: string;
  notificationId: string;
  status: string;
  createdAt: string;
  sentAt: string | null;
  statusAt: string;
  smsParts: number | null;
  price: { amount: string } | null;
  errorCode: string | null;
  fallbackChannel: string | null;
}

interface Answer {
  messagingStats: { period: { asOf: string | null } };
  messages: AnsweredPage<Message>['list'];
}

const QUESTION = `query ReportMessages($period: PeriodInput!, $channels: [Channel!], $after: String, $isFirst: Boolean!) {
  messagingStats(period: $period, filter: { channels: $channels }) { period { asOf } }
  messages(period: $period, filter: { channels: $channels }, first: 1000, after: $after) {
    totalCount @include(if: $isFirst)
    nodes {
      id notificationId status createdAt sentAt statusAt smsParts price { amount } errorCode fallbackChannel
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Every message of one channel that was created in the period. Totals are those of the messages sent, as in the graph. */
export function messageDetails(options: ContentsOptions): Contents {
  const words = new Words(options);
  const table = detailTable<Answer, Message>(
    {
      name: 'messages',
      source: 'messages',
      question: QUESTION,
      variables: { channels: [options.report.service] },
      page: ({ messagingStats, messages }) => ({ list: messages, asOf: messagingStats.period.asOf }),
      columns: columnsOf(options),
      share: [0, 1],
    },
    options,
  );
  return { tables: [table], filters: [words.service, words.of('byCreation')] };
}

function columnsOf(options: ContentsOptions): DetailColumn<Message>[] {
  const words = new Words(options);
  const all: (DetailColumn<Message> | null)[] = [
    { header: words.of('messageId'), width: 38, cell: ({ id }) => text(id) },
    { header: words.of('notificationId'), width: 38, cell: ({ notificationId }) => text(notificationId) },
    { header: words.of('status'), width: 20, cell: ({ status }) => text(words.value(status)) },
    { header: words.time('createdAt'), width: 22, cell: ({ createdAt }) => moment(createdAt) },
    { header: words.time('sentAt'), width: 22, cell: ({ sentAt }) => moment(sentAt) },
    { header: words.time('statusAt'), width: 22, cell: ({ statusAt }) => moment(statusAt) },
    options.report.service === 'SMS'
      ? {
          header: words.of('smsParts'),
          width: 12,
          cell: ({ smsParts }) => count(smsParts),
          sum: { kind: 'count', of: ({ sentAt, smsParts }) => (sentAt ? smsParts : null) },
        }
      : null,
    {
      header: words.money('price'),
      width: 16,
      cell: ({ price }) => money(price),
      sum: { kind: 'money', of: ({ sentAt, price }) => (sentAt && price ? price.amount : null) },
    },
    { header: words.of('errorCode'), width: 18, cell: ({ errorCode }) => text(errorCode) },
    {
      header: words.of('fallbackChannel'),
      width: 14,
      cell: ({ fallbackChannel }) => text(fallbackChannel && words.value(fallbackChannel)),
    },
  ];
  return all.filter((column) => column !== null);
}
