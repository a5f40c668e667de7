import {
  type IngestKind,
  invalidField,
  isDeleted,
  type JsonObject,
  LineFault,
  optionalIds,
  optionalInteger,
  optionalTime,
  type Receipt,
  requiredEnum,
  requiredId,
  requiredText,
  showValue,
} from '#platform/ingest';
import { DIRECTORY_KINDS, type DirectoryDetails, type DirectoryEntry, type DirectoryKind } from './directory-entry.ts';

/** Which entries a subgraph keeps. */
export interface KeptKinds {
  readonly keeps: readonly DirectoryKind[];
  /** Those of them whose lines it also counts in its answers; the others are counted by the subgraph that owns them. */
  readonly counts: readonly DirectoryKind[];
}

/** A line that is at fault and counted elsewhere: nothing becomes of it here. */
export interface PassedLine {
  readonly passed: true;
}

const LONGEST_NAME = 200;
const LONGEST_MESSENGER = 64;
const LARGEST_LIMIT = 1_000_000;

/** Kind `directory`: kind, id, name; messenger (CHAT); optional at, groupIds (OPERATOR), callsPerSecondLimit (TRUNK), deleted. */
export function directoryLines({ keeps, counts }: KeptKinds): IngestKind<DirectoryEntry | PassedLine> {
  return {
    kind: 'directory',
    key: (line) => ('passed' in line ? '' : `${line.kind} ${line.id}`),
    isCounted: (line) => !('passed' in line) && counts.includes(line.kind),
    parse(json, receipt) {
      const kind = requiredEnum(json, 'kind', DIRECTORY_KINDS);
      if (!keeps.includes(kind)) throw invalidField('kind', `${showValue(kind)} is not kept here`, sendOneOf(keeps));
      try {
        return parseEntry(kind, json, receipt);
      } catch (error) {
        // Its owner rejects it, with the same checks.
        if (error instanceof LineFault && !counts.includes(kind)) return { passed: true };
        throw error;
      }
    },
  };
}

function sendOneOf(kinds: readonly string[]): string {
  return `send one of ${kinds.join(', ')}`;
}

function parseEntry(kind: DirectoryKind, json: JsonObject, receipt: Receipt): DirectoryEntry {
  const id = requiredId(json, 'id');
  const at = optionalTime(json, 'at', receipt) ?? receipt.now;
  if (isDeleted(json)) return { kind, id, at, name: null, details: {} };
  return { kind, id, at, name: requiredText(json, 'name', LONGEST_NAME), details: parseDetails(kind, json) };
}

function parseDetails(kind: DirectoryKind, json: JsonObject): DirectoryDetails {
  switch (kind) {
    case 'CHAT':
      return { messenger: requiredText(json, 'messenger', LONGEST_MESSENGER) };
    case 'OPERATOR':
      return { groupIds: [...new Set(optionalIds(json, 'groupIds') ?? [])] };
    case 'TRUNK': {
      const callsPerSecondLimit = optionalInteger(json, 'callsPerSecondLimit', LARGEST_LIMIT);
      return callsPerSecondLimit === undefined ? {} : { callsPerSecondLimit };
    }
    default:
      return {};
  }
}
