import { type Sql, sql } from '#platform/database';
import { badInput } from '#platform/errors';
import type { ConnectionOf } from './connection.types.ts';
import { isStorableText, readCursor, writeCursor } from './cursor.ts';
import { DEFAULT_PAGE, LARGEST_PAGE } from './keyset.ts';

/** A page of a list that is ordered by name, then by id, both by code points. */
export interface NamedPage {
  readonly size: number;
  readonly after: { readonly name: string; readonly id: string } | undefined;
}

/** Checks the arguments of a list by name. `list` names it, so that a cursor of another list is refused. */
export function readNamedPage(
  { first, after }: { first?: number | null | undefined; after?: string | null | undefined },
  list: string,
): NamedPage {
  const size = first ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw badInput(['first'], `${size} is outside 1 to ${LARGEST_PAGE}; ask for further pages with a cursor.`);
  }
  if (after == null) return { size, after: undefined };
  const [name, id] = readCursor(after, list, 'after', isNamedPlace);
  return { size, after: { name, id } };
}

/** The condition, order and limit of a page over the columns name and id; one row more than the page is read. */
export function namedPageClauses({ size, after }: NamedPage): { where: Sql; orderAndLimit: Sql } {
  return {
    where: after ? sql` AND (name, id) > (${after.name}::text, ${after.id}::text)` : sql``,
    orderAndLimit: sql` ORDER BY name, id LIMIT ${size + 1}`,
  };
}

/** Makes a connection of what the clauses read. */
export function toNamedConnection<Node extends { readonly id: string; readonly name: string }>(
  page: NamedPage,
  list: string,
  rows: readonly Node[],
  count: () => Promise<number>,
): ConnectionOf<Node> {
  const edges = rows.slice(0, page.size).map((node) => ({ cursor: writeCursor(list, [node.name, node.id]), node }));
  const pageInfo = {
    hasNextPage: rows.length > page.size,
    hasPreviousPage: page.after !== undefined,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo, count };
}

function isNamedPlace(place: readonly unknown[]): place is readonly [name: string, id: string] {
  return place.length === 2 && place.every(isStorableText);
}
