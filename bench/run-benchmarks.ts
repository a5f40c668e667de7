import { CommandError } from '../scripts/command-line/command-error.ts';
import { BENCHMARKS } from './benchmarks.ts';
import type { Bench, Benchmark, Finding } from './harness/benchmark.ts';
import { currentLoad, describeMachine, type Report, toLine } from './harness/report.ts';
import type { Sizes } from './sizes.ts';
import { World } from './world.ts';

/**
 * Runs benchmarks one after another in one world. Throws where an answer that has to be equal is not, and once it is told to
 * stop; nothing is left behind in either case.
 */
export async function runBenchmarks(
  benchmarks: readonly Benchmark[],
  sizes: Sizes,
  tell: (progress: string) => void,
  stopping: AbortSignal,
): Promise<Report> {
  const loadAtStart = currentLoad();
  const world = await World.open(sizes.levelsFrom, tell);
  try {
    const findings = await Promise.race([runAll(benchmarks, { world, sizes }, tell), stopped(stopping)]);
    return { machine: describeMachine(loadAtStart), sizes, findings };
  } finally {
    await world.close();
  }
}

async function runAll(benchmarks: readonly Benchmark[], bench: Bench, tell: (progress: string) => void) {
  const findings: Finding[] = [];
  for (const benchmark of benchmarks) {
    tell(`${benchmark.name}: ${benchmark.shows}`);
    const own = await benchmark.run(bench);
    for (const finding of own) tell(toLine(finding));
    findings.push(...own);
  }
  return findings;
}

function stopped(stopping: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new CommandError('stopped; nothing is left behind.'));
  if (stopping.aborted) stop();
  stopping.addEventListener('abort', stop);
  return promise;
}

/** The benchmarks of these names, all for none. Gives the first name that is none's instead. */
export function selectBenchmarks(names: readonly string[]): readonly Benchmark[] | string {
  const unknown = names.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) return unknown;
  return names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name));
}
