import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hydrateSymlinks } from './binaries.ts';

test('missing links of shared libraries are made, once, next to what they point to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  try {
    const root = join(folder, 'native');
    mkdirSync(join(root, 'lib'), { recursive: true });
    writeFileSync(join(root, 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    writeFileSync(join(root, 'pg-symlinks.json'), JSON.stringify(links));

    hydrateSymlinks(root);
    hydrateSymlinks(root);

    expect(readlinkSync(join(root, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(readFileSync(join(root, 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
