import { type Contents, type ContentsOptions, Words } from './contents.ts';
import { type AnsweredPage, type DetailColumn, detailTable } from './detail-table.ts';
import { count, moment, money, text } from './table.ts';

interface Named {
  name: string;
}

interface Call {
  id: string;
  direction: string;
  status: string;
  startedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  talkSeconds: number;
  trunk: Named | null;
  bot: Named | null;
  operator: Named | null;
  evaluation: string | null;
  cause: string | null;
  price: { amount: string } | null;
}

interface Answer {
  telephonyStats: { period: { asOf: string | null } };
  calls: AnsweredPage<Call>['list'];
}

const QUESTION = `query ReportCalls($period: PeriodInput!, $after: String, $isFirst: Boolean!) {
  telephonyStats(period: $period) { period { asOf } }
  calls(period: $period, first: 1000, after: $after) {
    totalCount @include(if: $isFirst)
    nodes {
      id direction status startedAt answeredAt endedAt talkSeconds
      trunk { name } bot { name } operator { name } evaluation cause price { amount }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Every call that began in the period. */
export function callDetails(options: ContentsOptions): Contents {
  const words = new Words(options);
  const table = detailTable<Answer, Call>(
    {
      name: 'calls',
      source: 'calls',
      question: QUESTION,
      variables: {},
      page: ({ telephonyStats, calls }) => ({ list: calls, asOf: telephonyStats.period.asOf }),
      columns: columnsOf(words),
      share: [0, 1],
    },
    options,
  );
  return { tables: [table], filters: [words.service, words.of('byStart')] };
}

function columnsOf(words: Words): DetailColumn<Call>[] {
  return [
    { header: words.of('callId'), width: 38, cell: ({ id }) => text(id) },
    { header: words.of('direction'), width: 14, cell: ({ direction }) => text(words.value(direction)) },
    { header: words.of('status'), width: 16, cell: ({ status }) => text(words.value(status)) },
    { header: words.time('startedAt'), width: 22, cell: ({ startedAt }) => moment(startedAt) },
    { header: words.time('answeredAt'), width: 22, cell: ({ answeredAt }) => moment(answeredAt) },
    { header: words.time('endedAt'), width: 22, cell: ({ endedAt }) => moment(endedAt) },
    {
      header: words.of('talkSeconds'),
      width: 14,
      cell: ({ talkSeconds }) => count(talkSeconds),
      sum: { kind: 'count', of: ({ talkSeconds }) => talkSeconds },
    },
    { header: words.of('trunk'), width: 20, cell: ({ trunk }) => text(trunk?.name) },
    { header: words.of('bot'), width: 20, cell: ({ bot }) => text(bot?.name) },
    { header: words.of('operator'), width: 20, cell: ({ operator }) => text(operator?.name) },
    { header: words.of('evaluation'), width: 16, cell: ({ evaluation }) => text(evaluation) },
    { header: words.of('cause'), width: 16, cell: ({ cause }) => text(cause) },
    {
      header: words.money('price'),
      width: 16,
      cell: ({ price }) => money(price),
      sum: { kind: 'money', of: ({ price }) => price?.amount ?? null },
    },
  ];
}
