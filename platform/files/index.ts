export { DiskFileStore } from './disk-file-store.ts';
export { type FileAddress, type LinkSeal, signFileLink, verifyFileLink } from './file-link.ts';
export { createFilesTable, type FileRecord, findFile, findFiles, forgetFile, recordFile } from './file-record.ts';
export type { ByteRange, FileStore, StoredBytes } from './file-store.ts';
export { FileLinks, type Files, openFileLinks, openFiles, type SignedLink } from './files.ts';
