import { type Sql, sql } from '#platform/database';
import { badInput } from '#platform/errors';
import type { ConnectionOf } from './connection.types.ts';

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
    after: args.after == null ? undefined : readCursor(args.after, list, 'after'),
    before: args.before == null ? undefined : readCursor(args.before, list, 'before'),
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
  const edges = shown.map((node) => ({ cursor: writeCursor(placeOf(node), list), node }));
  const pageInfo = {
    hasNextPage: page.backwards ? page.before !== undefined : further,
    hasPreviousPage: page.backwards ? further : page.after !== undefined,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo, count };
}

function writeCursor(place: Place, list: string): string {
  return Buffer.from(JSON.stringify([list, place.at, place.id])).toString('base64url');
}

function readCursor(cursor: string, list: string, argument: string): Place {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  const [name, at, id] = Array.isArray(parts) ? parts : [];
  if (name !== list || !Number.isSafeInteger(at) || !isStorable(at) || typeof id !== 'string' || id.includes('\0')) {
    throw badInput([argument], 'is not a cursor of this list; use one that an earlier page of the same list gave.');
  }
  return { at, id };
}

/** Whether a list can hold an entry of this moment: nothing is kept of the time before 2000, nor of five-digit years. */
function isStorable(at: number): boolean {
  return at >= Date.UTC(1999, 11, 31) && at < Date.UTC(10_000, 0, 1);
}
