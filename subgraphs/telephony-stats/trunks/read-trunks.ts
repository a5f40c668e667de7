import type { Transaction } from '#platform/database';
import { type DirectoryEntry, entryLoader, nameOf, readKind, readNamedIds } from '#platform/directory';
import type { RequestContext } from '#platform/graphql';
import { TRUNK_IDS } from '../directory/known-ids.ts';
import type { Trunk } from './trunk.type.ts';

const trunkLoader = entryLoader('TRUNK');

/** All trunks that the directory or a call of the company names, by name, then by id; deleted ones are left out. */
export async function readTrunks(transaction: Transaction): Promise<Trunk[]> {
  const ids = await readNamedIds(transaction, TRUNK_IDS);
  const entries = new Map((await readKind(transaction, 'TRUNK')).map((entry) => [entry.id, entry]));
  return ids.map(({ id }) => toTrunk(id, entries.get(id)));
}

/** One trunk; all that a request asks for are read at once. */
export async function readTrunk(context: RequestContext, id: string): Promise<Trunk> {
  return toTrunk(id, await context.once(trunkLoader).load(id));
}

function toTrunk(id: string, entry: DirectoryEntry | undefined): Trunk {
  return { id, name: nameOf(id, entry), callsPerSecondLimit: entry?.details.callsPerSecondLimit ?? null };
}
