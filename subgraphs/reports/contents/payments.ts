import { formatInstant, parseInstant } from '#platform/time';
import { type Contents, type ContentsOptions, Words } from './contents.ts';
import { type AnsweredPage, type DetailColumn, detailTable } from './detail-table.ts';
import { moment, money, text } from './table.ts';

interface Movement {
  type: string;
  date: string;
  bookedAt: string;
  base: string;
  refill: { amount: string };
  balanceAfter: { amount: string };
  invoice: { number: string } | null;
}

interface Answer {
  company: { balance: { amount: { amount: string }; asOf: string } };
  accountTransactions: AnsweredPage<Movement>['list'];
}

const QUESTION = `query ReportPayments($period: PeriodInput!, $after: String, $isFirst: Boolean!) {
  company { balance { amount { amount } asOf } }
  accountTransactions(
    period: $period, filter: { types: [DEPOSIT, CHARGE, ADJUSTMENT, REFUND] }, first: 1000, after: $after
  ) {
    totalCount @include(if: $isFirst)
    nodes { type date bookedAt base refill { amount } balanceAfter { amount } invoice { number } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Every movement of the company's account whose payment date lies in the period. */
export function payments(options: ContentsOptions): Contents {
  const words = new Words(options);
  const table = detailTable<Answer, Movement>(
    {
      name: 'payments',
      source: 'payments',
      question: QUESTION,
      variables: {},
      // The ledger is only added to: while the balance stays the same nothing was booked, or what was booked adds up to nothing.
      page: ({ company: { balance }, accountTransactions }) => {
        return { list: accountTransactions, asOf: balance.asOf, stamp: balance.amount.amount };
      },
      columns: columnsOf(words, options.report.period.timeZone),
      share: [0, 1],
    },
    options,
  );
  return { tables: [table], filters: [words.of('byPayment')] };
}

function columnsOf(words: Words, timeZone: string): DetailColumn<Movement>[] {
  // The account's times come with the offset of the company's zone.
  const local = (at: string) => moment(formatInstant(parseInstant(at) ?? Number.NaN, timeZone));
  return [
    { header: words.time('paidAt'), width: 24, cell: ({ date }) => local(date) },
    { header: words.of('type'), width: 16, cell: ({ type }) => text(words.value(type)) },
    { header: words.of('base'), width: 60, cell: ({ base }) => text(base) },
    { header: words.of('invoice'), width: 20, cell: ({ invoice }) => text(invoice?.number) },
    {
      header: words.money('refill'),
      width: 16,
      cell: ({ refill }) => money(refill),
      sum: { kind: 'money', of: ({ refill }) => refill.amount },
    },
    { header: words.money('balanceAfter'), width: 18, cell: ({ balanceAfter }) => money(balanceAfter) },
    { header: words.time('bookedAt'), width: 24, cell: ({ bookedAt }) => local(bookedAt) },
  ];
}
