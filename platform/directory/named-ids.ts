import DataLoader from 'dataloader';
import { type Sql, sql, type Transaction } from '#platform/database';
import { badInput } from '#platform/errors';
import { type ConnectionOf, type NamedPage, namedPageClauses, toNamedConnection } from '#platform/graphql';
import type { DirectoryEntry, DirectoryKind } from './directory-entry.ts';
import { readEntries } from './read-entries.ts';

/** Ids of one kind that a company uses: those of the directory, and those that events name. */
export interface NamedIds {
  readonly kind: DirectoryKind;
  /** A SELECT of the ids that events of the company name, in a column `id` with COLLATE "C"; repetitions do no harm. */
  seen(transaction: Transaction): Sql;
}

/** An id with its name; where no entry has named it yet, the id itself. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whatever gives a request's snapshot. */
interface Request {
  transaction(): Promise<Transaction>;
}

const LONGEST_ID = 64;
const SHOWN_IDS = 10;

/**
 * Throws BAD_USER_INPUT where a filter names ids that neither the directory nor any event of the company knows.
 * @param field path of the argument
 */
export async function requireKnownIds(
  transaction: Transaction,
  { kind, seen }: NamedIds,
  ids: readonly string[] | null | undefined,
  field: readonly string[],
): Promise<void> {
  if (!ids || ids.length === 0) return;
  // What no line could have named is not asked for: the database could not even hold some of it.
  const possible = [...new Set(ids)].filter(isPossible);
  const { companyId } = transaction;
  const rows = await transaction.arrays<[string]>(
    'directory.known',
    sql`SELECT id FROM unnest(${possible}::text[]) AS wanted(id)
      WHERE EXISTS (SELECT FROM directory
          WHERE company_id = ${companyId} AND kind = ${kind} AND directory.id = wanted.id)
        OR EXISTS (SELECT FROM (${seen(transaction)}) AS seen WHERE seen.id = wanted.id)`,
  );
  const known = new Set(rows.map(([id]) => id));
  const unknown = [...new Set(ids)].filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, SHOWN_IDS).map((id) => JSON.stringify(id.slice(0, LONGEST_ID)));
  const names = `${shown.join(', ')}${unknown.length > SHOWN_IDS ? ` and ${unknown.length - SHOWN_IDS} more` : ''}`;
  const problem = `no directory entry and no event of the company names ${names}`;
  throw badInput(field, `${problem}; correct the ids, or send a directory line of kind ${kind} for each.`);
}

function isPossible(id: string): boolean {
  return id !== '' && id.length <= 2 * LONGEST_ID && id.isWellFormed() && !id.includes('\0');
}

/** A page of the ids of a kind, by name, then by id. Deleted ones are left out, even where events name them. */
export async function listNamedIds(
  transaction: Transaction,
  ids: NamedIds,
  page: NamedPage,
  options: { list: string; where?: Sql | undefined },
): Promise<ConnectionOf<Named>> {
  const named = namedRows(transaction, ids, options.where);
  const { where, orderAndLimit } = namedPageClauses(page);
  const rows = await transaction.query<Named>(
    'directory.list',
    sql`SELECT id, name FROM (${named}) AS named WHERE true${where}${orderAndLimit}`,
  );
  const count = async () => {
    const [row] = await transaction.arrays<[string]>('directory.count', sql`SELECT count(*) FROM (${named}) AS named`);
    return Number(row?.[0] ?? 0);
  };
  return toNamedConnection(page, options.list, rows, count);
}

/** All ids of a kind with their names, by name, then by id. */
export async function readNamedIds(transaction: Transaction, ids: NamedIds): Promise<Named[]> {
  return transaction.query<Named>(
    'directory.all',
    sql`SELECT id, name FROM (${namedRows(transaction, ids)}) AS named ORDER BY name, id`,
  );
}

/** `where` begins with AND and may use the columns of `entry`, the directory's. */
function namedRows(transaction: Transaction, { kind, seen }: NamedIds, where: Sql = sql``): Sql {
  const { companyId } = transaction;
  return sql`SELECT used.id, coalesce(entry.name, used.id) AS name
    FROM (SELECT id FROM directory WHERE company_id = ${companyId} AND kind = ${kind} UNION SELECT id FROM (${seen(transaction)}) AS seen) AS used
    LEFT JOIN directory AS entry ON entry.company_id = ${companyId} AND entry.kind = ${kind} AND entry.id = used.id
    WHERE (entry.id IS NULL OR entry.name IS NOT NULL)${where}`;
}

/** The entries of one kind for one request, each read once. Make one function a kind and keep it: RequestContext.once goes by it. */
export function entryLoader(kind: DirectoryKind) {
  return (request: Request) =>
    new DataLoader<string, DirectoryEntry | undefined>(async (ids) => {
      const entries = await readEntries(
        await request.transaction(),
        ids.map((id) => ({ kind, id })),
      );
      const byId = new Map(entries.map((entry) => [entry.id, entry]));
      return ids.map((id) => byId.get(id));
    });
}

/** How an id is shown: by the name of its entry; by itself where there is none, or a deleted one. */
export function nameOf(id: string, entry: DirectoryEntry | undefined): string {
  return entry?.name ?? id;
}
