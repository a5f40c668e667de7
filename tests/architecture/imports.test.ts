import { isTest, type SourceFile, sourceFiles, target } from './source-files.ts';

const files = sourceFiles();
const code = files.filter(({ path }) => !isTest(path));

/** The first folders of a path, as far as imports care: `platform/time`, `subgraphs/billing`, `gateway`. */
function room(path: string): string {
  const [top = '', next = ''] = path.split('/');
  return top === 'platform' || top === 'subgraphs' ? `${top}/${next}` : top;
}

/** Which rooms a room may see beside itself. */
function maySee(from: string, to: string): boolean {
  if (to.startsWith('platform/'))
    return (
      from.startsWith('platform/') || from.startsWith('subgraphs/') || ['gateway', 'scripts', 'bench'].includes(from)
    );
  if (['demo', 'console'].includes(from)) return to === 'client';
  return from === 'scripts' || from === 'bench';
}

/** Imports of files of the project, with the rooms that they join. */
function edges(of: readonly SourceFile[]) {
  return of.flatMap((file) =>
    file.imports
      .filter((name) => name.startsWith('.') || name.startsWith('#'))
      .map((name) => ({ file: file.path, name, from: room(file.path), to: room(target(file, name)) })),
  );
}

test('imports run one way: gateway and subgraphs on platform, never sideways', () => {
  const wrong = edges(code).filter(({ from, to }) => from !== to && !maySee(from, to));
  expect(wrong).toEqual([]);
});

test('a module of platform is entered by its public face only', () => {
  const wrong = edges(files).filter(
    ({ name, from, to }) => name.startsWith('.') && to.startsWith('platform/') && from !== to,
  );
  expect(wrong).toEqual([]);
});

test('modules of platform do not depend on one another in a circle', () => {
  const below = new Map<string, Set<string>>();
  for (const { from, to } of edges(code)) {
    if (from !== to && to.startsWith('platform/')) below.set(from, (below.get(from) ?? new Set()).add(to));
  }
  const circles = [...below.keys()].filter((start) => reaches(below, start));
  expect(circles).toEqual([]);
});

function reaches(below: Map<string, Set<string>>, start: string): boolean {
  const seen = new Set<string>();
  const next = [...(below.get(start) ?? [])];
  for (let at = next.pop(); at; at = next.pop()) {
    if (at === start) return true;
    if (!seen.has(at)) next.push(...(below.get(at) ?? []));
    seen.add(at);
  }
  return false;
}

test('time zones are computed in platform/time only', () => {
  const wrong = code.filter(({ path, imports }) => imports.includes('luxon') && !/^(platform\/time|demo)\//.test(path));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('what benchmarks are compared with stays in bench', () => {
  const peer = /^(@duckdb\/|@graphile\/|postgraphile|pg-copy-streams)/;
  const wrong = files.filter(
    ({ path, imports }) => !path.startsWith('bench/') && imports.some((name) => peer.test(name)),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('GraphQL stays in the outer layer: no type-graphql below types and resolvers', () => {
  const outer = /(\.type|\.types|\.resolver|\.enums|-filter)\.ts$|^platform\/(graphql|federation)\//;
  const wrong = code.filter(({ path, imports }) => imports.includes('type-graphql') && !outer.test(path));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test.each([
  ['the environment is read in one place', /process\.env\b/, ['platform/config/config.ts', 'gateway/telemetry-off.ts']],
  ['the wall clock is read in one place', /Date\.now\(|new Date\(\)/, ['platform/time/clock.ts']],
  ['nothing depends on chance', /Math\.random\(/, []],
])('%s', (_, pattern, allowed) => {
  const wrong = code.filter(({ path, text }) => pattern.test(text) && !allowed.includes(path));
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 301);
  expect(long.map(({ path }) => path)).toEqual([]);
});
