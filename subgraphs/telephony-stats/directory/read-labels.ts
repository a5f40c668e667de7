import type { Transaction } from '#platform/database';
import { type DirectoryKind, readEntries } from '#platform/directory';
import type { LabelReader } from '#platform/statistics';

/** Dimensions whose names the directory keeps. */
const KINDS: Readonly<Record<string, DirectoryKind>> = { TRUNK: 'TRUNK', BOT: 'BOT', OPERATOR: 'OPERATOR' };

/** Reads names of trunks, bots and operators; an id without an entry, or with a deleted one, has none. */
export function directoryLabels(transaction: Transaction): LabelReader {
  return async (dimension, ids) => {
    const kind = KINDS[dimension];
    const entries = kind
      ? await readEntries(
          transaction,
          ids.map((id) => ({ kind, id })),
        )
      : [];
    return new Map(entries.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
  };
}
