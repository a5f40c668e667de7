import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const LEFT_OUT = new Set(['node_modules', '.git', '.data', 'coverage']);

export interface SourceFile {
  /** From the project's root: platform/time/zone.ts. */
  readonly path: string;
  readonly text: string;
  /** As written: './zone.ts', '#platform/time', 'luxon'. */
  readonly imports: readonly string[];
}

/** All TypeScript of the project that somebody has written. */
export function sourceFiles(): SourceFile[] {
  return walk(ROOT).map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const imports = [...text.matchAll(/(?:^|\n)(?:import|export)\s(?:[^'";]*?\sfrom\s)?'([^']+)'/g)].map(
      ([, name = '']) => name,
    );
    return { path, text, imports };
  });
}

/** Where an import leads: a path from the project's root, or the name of a package. */
export function target(file: SourceFile, name: string): string {
  if (name.startsWith('#platform/')) return `platform/${name.slice('#platform/'.length)}/index.ts`;
  return name.startsWith('.') ? posix.join(dirname(file.path), name) : name;
}

/** Tests and what only they use. */
export function isTest(path: string): boolean {
  return /\.(test|test-support|reference|arbitrary)\.ts$|^tests\//.test(path);
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /(?<!\.generated)\.ts$/.test(entry.name) ? [relative(ROOT, path)] : [];
  });
}
