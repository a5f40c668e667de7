// Lets Node run the project's TypeScript as it is: every .ts file is compiled by swc when it is loaded, decorator
// metadata included (Node's own type stripping has none, and type-graphql and typeorm need it). What swc and V8 have made of
// a file is kept in node_modules/.cache, where that can be written, and used until the file changes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, enableCompileCache, registerHooks, setSourceMapsSupport } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const CACHE = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
const SETTINGS = readFileSync(new URL('../.swcrc', import.meta.url));

const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

setSourceMapsSupport(true, { nodeModules: false });
enableCompileCache(join(CACHE, 'v8'));

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'commonjs', source: compile(fileURLToPath(url)), shortCircuit: true };
  },
});

function compile(filename) {
  const source = readFileSync(filename, 'utf8');
  const kept = join(CACHE, 'swc', `${hashOf(filename)}.js`);
  const mark = `\n// ${hashOf(SETTINGS, source)}\n`;
  const earlier = read(kept);
  if (earlier?.endsWith(mark)) return earlier;
  const code = require('@swc/core').transformSync(source, { filename }).code + mark;
  keep(kept, code);
  return code;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Other processes see the file whole or not at all. */
function keep(file, text) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(join(CACHE, 'swc'), { recursive: true });
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    // A cache is a convenience: the next process compiles the file again.
  }
}
