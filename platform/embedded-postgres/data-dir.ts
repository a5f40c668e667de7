import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartUpError } from '#platform/errors';

/** Where a data directory keeps its PostgreSQL. */
export interface DataDirPaths {
  dataDir: string;
  clusterDir: string;
  /** The superuser's password, one line. */
  passwordFile: string;
}

/** Makes the data directory if there is none. Throws a StartUpError when it cannot be made or written to. */
export function prepareDataDir(path: string): DataDirPaths {
  const dataDir = resolve(path);
  try {
    makeFolder(dataDir);
    // The slash makes a file in its place an error.
    accessSync(`${dataDir}/`, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileFault(dataDir, error);
  }
  return {
    dataDir,
    clusterDir: join(dataDir, 'postgres'),
    passwordFile: join(dataDir, 'postgres-password'),
  };
}

/** As mkdirSync with `recursive`, which runs for ever where no folder can be made, as below /proc (Node 24). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process that starts at the same time was faster.
    if (!existsSync(path)) throw error;
  }
}

/** The sentence for a file operation in the data directory that failed; an error of another kind as it is. */
export function fileFault(dataDir: string, error: unknown): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new StartUpError(
        `DATA_DIR ${dataDir} is not a directory: remove the file there or choose another DATA_DIR.`,
      );
    case 'EACCES':
    case 'EPERM':
      return new StartUpError(
        `DATA_DIR ${dataDir} or a file in it may not be used by user ${process.getuid?.()}: give it to that user or choose another DATA_DIR.`,
      );
    case 'ENOENT':
      return new StartUpError(`DATA_DIR ${dataDir} cannot be made or lacks a file: choose another DATA_DIR.`);
    case 'EROFS':
      return new StartUpError(`DATA_DIR ${dataDir} is on a read-only file system: choose another DATA_DIR.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartUpError(`The disk of DATA_DIR ${dataDir} is full: free some space or choose another DATA_DIR.`);
    default:
      return error;
  }
}

/** An error that fileFault knows, for a program's output that speaks of a full disk. */
export function diskFullFault(output: string): Error | undefined {
  const full = /No space left on device|Disk quota exceeded|Check free disk space/.test(output);
  return full ? Object.assign(new Error(output), { code: 'ENOSPC' }) : undefined;
}
