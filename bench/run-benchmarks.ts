import { BENCHMARKS } from './benchmarks.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { currentLoad, describeMachine, type Report } from './harness/report.ts';
import type { Sizes } from './sizes.ts';
import { World } from './world.ts';

/** Runs benchmarks one after another in one world. Throws where an answer that has to be equal is not. */
export async function runBenchmarks(
  benchmarks: readonly Benchmark[],
  sizes: Sizes,
  tell: (progress: string) => void,
): Promise<Report> {
  const loadAtStart = currentLoad();
  const world = await World.open(sizes.levelsFrom, tell);
  try {
    const findings = [];
    for (const benchmark of benchmarks) {
      tell(`${benchmark.name}: ${benchmark.shows}`);
      findings.push(...(await benchmark.run({ world, sizes })));
    }
    return { machine: describeMachine(loadAtStart), sizes, findings };
  } finally {
    await world.close();
  }
}

/** The benchmarks of these names, all for none. Gives the first name that is none's instead. */
export function selectBenchmarks(names: readonly string[]): readonly Benchmark[] | string {
  const unknown = names.find((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) return unknown;
  return names.length === 0 ? BENCHMARKS : BENCHMARKS.filter(({ name }) => names.includes(name));
}
