import type { Fact } from './fact.ts';

/** Reads names of keys from where they are kept; a key without a name is missing in the answer. */
export type LabelReader = (dimension: string, keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export const NO_VALUE_LABEL = '(none)';

/** Gives lines of keys their labels: one look-up a dimension whose names are kept elsewhere, however many lines there are. */
export async function labelLines(
  fact: Fact,
  by: readonly string[],
  lines: readonly (readonly string[])[],
  readLabels: LabelReader,
): Promise<string[][]> {
  const names = await Promise.all(by.map((dimension, index) => namesOf(fact, dimension, lines, index, readLabels)));
  return lines.map((keys) => keys.map((key, index) => (key === '' ? NO_VALUE_LABEL : (names[index]?.get(key) ?? key))));
}

async function namesOf(
  fact: Fact,
  dimension: string,
  lines: readonly (readonly string[])[],
  index: number,
  readLabels: LabelReader,
): Promise<ReadonlyMap<string, string>> {
  const labels = fact.dimensions[dimension]?.labels ?? {};
  if (labels !== 'kept elsewhere') return new Map(Object.entries(labels));
  const keys = new Set(lines.map((line) => line[index] ?? ''));
  return readLabels(
    dimension,
    [...keys].filter((key) => key !== ''),
  );
}
