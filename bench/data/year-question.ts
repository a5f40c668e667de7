import { readCompany } from '#platform/companies';
import { type Database, sql, type Transaction, timestamp } from '#platform/database';
import type { PeriodInput } from '#platform/graphql';
import { FactQuery } from '#platform/statistics';
import { resolvePeriod } from '#platform/time';
import { messagePopulation } from '../../subgraphs/messaging-stats/messages/message-population.ts';
import type { BenchCompany } from '../world.ts';
import { BENCH_NOW } from './message-events.ts';

/** Messages by day and status over a period: what a dashboard shows first. */
export interface YearQuestion {
  readonly company: BenchCompany;
  readonly period: PeriodInput;
  /** The zone in which days begin. */
  readonly timeZone: string;
}

/** Counts by `<epoch ms of the day's begin> <status>`; days and statuses without messages are left out. */
export type YearAnswer = Readonly<Record<string, number>>;

/** The year by local dates. */
export const YEAR = { dates: { startDate: '2025-03-15', endDate: '2026-03-14' } };

/** The same, in the company's own zone unless another one is given. */
export function wholeYear(company: BenchCompany, timeZone = company.timeZone): YearQuestion {
  return { company, period: { ...YEAR, timeZone }, timeZone };
}

/** Asks the engine, in a snapshot of its own, as a resolver does. */
export async function askEngine(database: Database, question: YearQuestion) {
  return database.read(question.company.id, (transaction) => askEngineWithin(transaction, question));
}

/** The same within a snapshot that is open. */
export async function askEngineWithin(transaction: Transaction, { period }: YearQuestion) {
  const company = await readCompany(transaction);
  const population = messagePopulation(company, BENCH_NOW, period, null);
  const { series } = await new FactQuery({ transaction, population }).series('DAY', ['STATUS'], null);
  const lines = series.lines.map(async (line) => ({ status: line.keys[0], totals: await line.counts('total') }));
  return { buckets: series.buckets, lines: await Promise.all(lines) };
}

export function engineAnswer({ buckets, lines }: Awaited<ReturnType<typeof askEngine>>): YearAnswer {
  const cells = lines.flatMap(({ status, totals }) =>
    totals.map((count, bucket) => [`${buckets.boundaries[bucket]} ${status}`, count] as const),
  );
  return Object.fromEntries(cells.filter(([, count]) => count > 0));
}

/** Counts the rows themselves, as one would in plain SQL: truncated to the day of the zone and grouped. */
export async function askRows(database: Database, question: YearQuestion) {
  return database.read(question.company.id, (transaction) => askRowsWithin(transaction, question));
}

/** The same within a snapshot that is open. */
export function askRowsWithin(transaction: Transaction, { company, period, timeZone }: YearQuestion) {
  const { from, to } = resolvePeriod(period, { timeZone, moment: BENCH_NOW });
  return transaction.arrays<[day: number, status: string, count: string]>(
    'bench.year',
    sql`SELECT date_trunc('day', created_at, ${timeZone}) AS day, status, count(*) FROM messages
      WHERE company_id = ${company.id} AND created_at >= ${timestamp(from)} AND created_at < ${timestamp(to)}
      GROUP BY day, status`,
  );
}

/** Days as they begin in the zone; the first one begins with the period. */
export function rowsAnswer(rows: Awaited<ReturnType<typeof askRows>>, { period, timeZone }: YearQuestion): YearAnswer {
  const { from } = resolvePeriod(period, { timeZone, moment: BENCH_NOW });
  return Object.fromEntries(rows.map(([day, status, count]) => [`${Math.max(day, from)} ${status}`, Number(count)]));
}
