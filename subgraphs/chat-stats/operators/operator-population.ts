import { type Sql, sql, type Transaction } from '#platform/database';
import { readAsOf } from '#platform/ingest';
import { conditions } from '#platform/statistics';
import type { Period } from '#platform/time';
import { type ChatQuestion, dialoguePopulation } from '../dialogues/chat-population.ts';

/** Whose work is counted, in which period, and in which dialogues. */
export interface OperatorPopulation {
  readonly transaction: Transaction;
  readonly period: Period;
  /** The last commit of events, epoch milliseconds; what is still open counts up to it. Null before the first. */
  readonly asOf: number | null;
  /** Only these operators; undefined: all. */
  readonly operatorIds: readonly string[] | undefined;
  /** Conditions on the columns of a dialogue, each beginning with AND. They narrow dialogues and messages, never time online. */
  readonly dialogues: Sql;
  /** Whether there are such conditions. */
  readonly areDialoguesFiltered: boolean;
}

/** Reads what a question means for operators: those of operatorIds and the members of groupIds; of whom both are given, both hold. */
export async function readOperatorPopulation(question: ChatQuestion): Promise<OperatorPopulation> {
  const { transaction, period, filter } = question;
  const { operatorIds, groupIds, ...ofDialogues } = filter;
  const passing = dialoguePopulation({ ...question, filter: ofDialogues });
  const members = groupIds?.length ? await readMembers(transaction, groupIds) : undefined;
  return {
    transaction,
    period,
    asOf: await readAsOf(transaction),
    operatorIds: both(operatorIds?.length ? operatorIds : undefined, members),
    dialogues: conditions(passing),
    areDialoguesFiltered: passing.restrictions.length > 0 || (passing.conditions ?? []).length > 0,
  };
}

/** The same work of these operators only, of those that it counts anyway. */
export function ofOperators(population: OperatorPopulation, operatorIds: readonly string[]): OperatorPopulation {
  return { ...population, operatorIds: both(operatorIds, population.operatorIds) };
}

/** A condition on a column operator_id, beginning with AND. */
export function isCounted({ operatorIds }: OperatorPopulation): Sql {
  return operatorIds ? sql` AND operator_id = ANY(${operatorIds}::text[])` : sql``;
}

/** Up to here counts what is still open: the end of the period, or the last commit where that is earlier. */
export function openUntil({ period, asOf }: OperatorPopulation): number {
  return Math.min(period.to, asOf ?? period.from);
}

function both(one: readonly string[] | undefined, other: readonly string[] | undefined) {
  if (!one || !other) return one ?? other;
  const others = new Set(other);
  return one.filter((id) => others.has(id));
}

/** Members of groups in the directory now. */
async function readMembers(transaction: Transaction, groupIds: readonly string[]): Promise<string[]> {
  const rows = await transaction.arrays<[string]>(
    'directory.members_of',
    sql`SELECT id FROM directory WHERE company_id = ${transaction.companyId} AND kind = 'OPERATOR' AND name IS NOT NULL
      AND details->'groupIds' ?| ${groupIds}::text[]`,
  );
  return rows.map(([id]) => id);
}
