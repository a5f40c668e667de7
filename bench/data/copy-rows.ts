import type { CopySource } from './copy.ts';

const ROWS_A_PIECE = 500;
/** Fields that hold an instant: sentAt, at, until. */
const INSTANTS = /^at$|At$|^until$/;

/** Rows of a company as COPY takes them; their fields are the columns, each named as its column but for the spelling. */
export function copyRows<Row extends object>(
  table: string,
  companyId: string,
  rows: Iterable<Row>,
  { rowsAPiece = ROWS_A_PIECE }: { readonly rowsAPiece?: number } = {},
): CopySource {
  const iterator = rows[Symbol.iterator]();
  const first = iterator.next();
  const fields = first.done ? [] : Object.keys(first.value);
  return {
    table,
    columns: ['company_id', ...fields.map(columnOf)],
    pieces: first.done ? [] : pieces(companyId, first.value, iterator, rowsAPiece),
  };
}

function* pieces(companyId: string, first: object, others: Iterator<object>, rowsAPiece: number): Generator<string> {
  let lines: string[] = [];
  for (let next: IteratorResult<object> = { value: first }; !next.done; next = others.next()) {
    const cells = Object.entries(next.value).map(([field, value]) => cellOf(field, value));
    lines.push(`${companyId}\t${cells.join('\t')}\n`);
    if (lines.length < rowsAPiece) continue;
    yield lines.join('');
    lines = [];
  }
  if (lines.length > 0) yield lines.join('');
}

/** createdAt is kept in created_at. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** Texts of the generators hold nothing that COPY would have to escape. */
function cellOf(field: string, value: unknown): string {
  if (value === null) return '\\N';
  return INSTANTS.test(field) ? new Date(value as number).toISOString() : String(value);
}
