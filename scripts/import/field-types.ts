/** How the cells of a CSV file become JSON: a string, unless the field stands here. Names mean the same in every kind. */
const FIELD_TYPES: Readonly<Record<string, CellReader>> = {
  smsParts: readNumber,
  latitude: readNumber,
  longitude: readNumber,
  holdSeconds: readNumber,
  wrapUpSeconds: readNumber,
  callsPerSecondLimit: readNumber,
  skipped: readBoolean,
  deleted: readBoolean,
  groupIds: readList,
};

type CellReader = (cell: string) => unknown;

/** Stands between the ids of a list in one cell. */
export const LIST_SEPARATOR = '|';

/** The reader of a field's cells. What does not have the form of its type stays a string: the service says what is wrong with it. */
export function cellReader(field: string): CellReader {
  return (Object.hasOwn(FIELD_TYPES, field) && FIELD_TYPES[field]) || readText;
}

function readText(cell: string): string {
  return cell;
}

function readNumber(cell: string): number | string {
  return /^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(cell) ? Number(cell) : cell;
}

/** Spreadsheets write TRUE. */
function readBoolean(cell: string): boolean | string {
  const text = cell.trim().toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : cell;
}

function readList(cell: string): string[] {
  return cell.split(LIST_SEPARATOR).map((id) => id.trim());
}
