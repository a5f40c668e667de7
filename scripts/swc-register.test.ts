import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REGISTER = join(__dirname, 'swc-register.mjs');

test('what was made of a file is used again until the file changes, and names its lines as they are written', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'statistics-swc-'));
  const file = join(directory, 'program.ts');
  const printed = async () => (await run(process.execPath, ['--import', REGISTER, file])).stdout;
  try {
    await copyFile(join(__dirname, '../.swcrc'), join(directory, '.swcrc'));
    await writeFile(file, 'console.log("first" as string);');
    expect([await printed(), await printed()]).toEqual(['first\n', 'first\n']);
    await writeFile(file, 'console.log("second" as string);');
    expect(await printed()).toBe('second\n');
    await writeFile(file, 'interface Erased {\n  one: 1;\n}\nthrow new Error("line 4" as string);');
    for (const attempt of ['compiled', 'kept']) {
      await expect(printed().catch(({ stderr }) => [attempt, stderr])).resolves.toEqual([
        attempt,
        expect.stringContaining('program.ts:4'),
      ]);
    }
  } finally {
    await rm(directory, { recursive: true });
  }
});
