import { compareText } from '#platform/ingest';

/** Everything that a directory may name. */
export const DIRECTORY_KINDS = ['CHAT', 'OPERATOR', 'OPERATOR_GROUP', 'BOT', 'TRUNK'] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];

/** What only entries of some kinds have. */
export interface DirectoryDetails {
  /** CHAT: as it was sent. */
  readonly messenger?: string;
  /** OPERATOR. */
  readonly groupIds?: readonly string[];
  /** TRUNK. */
  readonly callsPerSecondLimit?: number;
}

/** What a directory says about one id; of a deleted one nothing but that it was known. */
export interface DirectoryEntry {
  readonly kind: DirectoryKind;
  readonly id: string;
  /** Of two entries of one (kind, id) the later one stands; epoch milliseconds. */
  readonly at: number;
  /** Null: deleted. */
  readonly name: string | null;
  readonly details: DirectoryDetails;
}

/** Of two entries of one (kind, id) the one that stands: the later, else the one with the greater JSON by code points. */
export function standingEntry(known: DirectoryEntry | undefined, incoming: DirectoryEntry): DirectoryEntry {
  if (!known) return incoming;
  return (known.at - incoming.at || compareText(entryText(known), entryText(incoming))) < 0 ? incoming : known;
}

/** The entry without its time, as JSON with sorted keys: equal for entries that say the same. */
export function entryText({ kind, id, name, details }: DirectoryEntry): string {
  const fields = { kind, id, ...(name === null ? { deleted: true } : { name }), ...details };
  return JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => compareText(a, b))));
}
