import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFileStore, FileLinks, type Files } from '#platform/files';

/** Files for tests that make none. */
export const NO_FILES: Files = {
  store: new DiskFileStore(join(tmpdir(), 'statistics-no-files')),
  links: new FileLinks({ secret: 'secret of links in tests', lifetimeSeconds: 900, publicUrl: '' }),
};
