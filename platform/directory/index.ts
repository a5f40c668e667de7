export { DIRECTORY_KINDS, type DirectoryDetails, type DirectoryEntry, type DirectoryKind } from './directory-entry.ts';
export type { KeptKinds } from './directory-line.ts';
export { directoryStream } from './directory-stream.ts';
export { createDirectoryTable } from './directory-table.ts';
export {
  entryLoader,
  listNamedIds,
  type Named,
  type NamedIds,
  nameOf,
  readNamedIds,
  requireKnownIds,
} from './named-ids.ts';
export { readEntries, readKind } from './read-entries.ts';
