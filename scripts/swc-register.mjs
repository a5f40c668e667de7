// Lets Node run the project's TypeScript as it is: every .ts file is compiled by swc when it is loaded, decorator
// metadata included (Node's own type stripping has none, and type-graphql and typeorm need it).
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

process.setSourceMapsEnabled(true);

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { filename });
    return { format: 'commonjs', source: code, shortCircuit: true };
  },
});
