import { type Sql, sql } from '#platform/database';
import { badInput } from '#platform/errors';
import type { ConnectionOf } from './connection.types.ts';
import { isStorableText, readCursor, writeCursor } from './cursor.ts';

export const DEFAULT_PAGE = 50;
export const LARGEST_PAGE = 1000;

/** A place in a list that is ordered newest first: by an instant, then by id. */
export interface Place {
  at: number;
  id: string;
}

export interface PageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** What a page asks of the database, checked. */
export interface Page {
  /** Read from the end of the list. */
  backwards: boolean;
  size: number;
  after: Place | undefined;
  before: Place | undefined;
}

/** Checks the arguments of a list. `list` names it and its order, so that a cursor of another list is refused. */
export function readPage(args: PageArgs, list: string): Page {
  if (args.first != null && args.last != null) throw badInput(['last'], 'goes without first; give one of the two.');
  const backwards = args.last != null;
  const size = args.first ?? args.last ?? DEFAULT_PAGE;
  if (size < 1 || size > LARGEST_PAGE) {
    throw badInput(
      [backwards ? 'last' : 'first'],
      `${size} is outside 1 to ${LARGEST_PAGE}; ask for further pages with a cursor.`,
    );
  }
  return {
    backwards,
    size,
    after: args.after == null ? undefined : readPlace(args.after, list, 'after'),
    before: args.before == null ? undefined : readPlace(args.before, list, 'before'),
  };
}

/**
 * The condition, order and limit of a page over two columns, newest first. One row more than the page is read, which tells
 * whether there are further ones.
 */
export function pageClauses(page: Page, at: Sql, id: Sql, timestamp: (instant: number) => string) {
  const key = sql`(${at}, ${id})`;
  const place = ({ at: instant, id: text }: Place) => sql`(${timestamp(instant)}::timestamptz, ${text}::text)`;
  const after = page.after ? sql` AND ${key} < ${place(page.after)}` : sql``;
  const before = page.before ? sql` AND ${key} > ${place(page.before)}` : sql``;
  const order = page.backwards ? sql` ORDER BY ${at} ASC, ${id} ASC` : sql` ORDER BY ${at} DESC, ${id} DESC`;
  return { where: sql`${after}${before}`, orderAndLimit: sql`${order} LIMIT ${page.size + 1}` };
}

/** Makes a connection of what the clauses read (up to size + 1 rows in the order of the query). */
export function toConnection<Node>(
  page: Page,
  list: string,
  rows: readonly Node[],
  placeOf: (node: Node) => Place,
  count: () => Promise<number>,
): ConnectionOf<Node> {
  const further = rows.length > page.size;
  const shown = rows.slice(0, page.size);
  if (page.backwards) shown.reverse();
  const edges = shown.map((node) => {
    const { at, id } = placeOf(node);
    return { cursor: writeCursor(list, [at, id]), node };
  });
  const pageInfo = {
    hasNextPage: page.backwards ? page.before !== undefined : further,
    hasPreviousPage: page.backwards ? further : page.after !== undefined,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo, count };
}

function readPlace(cursor: string, list: string, argument: string): Place {
  const [at, id] = readCursor(cursor, list, argument, isPlace);
  return { at, id };
}

function isPlace(place: readonly unknown[]): place is readonly [at: number, id: string] {
  const [at, id] = place;
  return Number.isSafeInteger(at) && Math.abs(at as number) <= 8.64e15 && isStorableText(id);
}
