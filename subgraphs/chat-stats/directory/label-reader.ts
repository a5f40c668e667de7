import type { RequestContext } from '#platform/graphql';
import type { LabelReader } from '#platform/statistics';
import { botEntries, chatEntries, groupEntries, operatorEntries } from './named-ids.ts';

const ENTRIES_OF: Readonly<Record<string, typeof chatEntries>> = {
  CHAT: chatEntries,
  BOT: botEntries,
  GROUP: groupEntries,
  OPERATOR: operatorEntries,
};

/** Reads the names of a dimension's keys from the directory. */
export function directoryLabels(context: RequestContext): LabelReader {
  return async (dimension, keys) => {
    const entries = ENTRIES_OF[dimension];
    if (!entries) return new Map();
    const loader = context.once(entries);
    const found = await Promise.all(keys.map((key) => loader.load(key)));
    return new Map(found.flatMap((entry) => (entry?.name == null ? [] : [[entry.id, entry.name]])));
  };
}
