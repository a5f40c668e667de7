import { defineCommand } from '../scripts/command-line/command.ts';
import { UsageError } from '../scripts/command-line/command-error.ts';
import { BENCHMARKS } from './benchmarks.ts';
import { machineLine, toTable } from './harness/report.ts';
import { runBenchmarks, selectBenchmarks } from './run-benchmarks.ts';
import { DEFAULT_SIZES, FULL_SIZES } from './sizes.ts';

/** npm run bench: measures this service beside others and prints a table. */
export const runBench = defineCommand({
  name: 'bench',
  description:
    'Measures the service beside others, in turns and in one run, on a PostgreSQL of its own in a temporary folder, and prints a ' +
    'table. Only ratios mean something; answers are checked to be equal before they are timed.',
  positionals: [
    {
      name: 'NAME',
      repeated: true,
      description: `Benchmarks to run: ${BENCHMARKS.map(({ name }) => name).join(', ')}; all where none is named.`,
    },
  ],
  options: {
    full: { description: 'Measures the sizes of which the targets speak, and not those that fit into ten minutes.' },
    json: { description: 'Prints the report as JSON.' },
  },
  environment: {},
  examples: { 'All, in about ten minutes': 'npm run bench', 'One, at full size': 'npm run bench -- D4 --full' },
  async work({ options, positionals, terminal }) {
    const benchmarks = selectBenchmarks(positionals);
    if (typeof benchmarks === 'string') {
      const names = BENCHMARKS.map(({ name }) => name).join(', ');
      throw new UsageError(`${JSON.stringify(benchmarks)} is no benchmark; these are: ${names}.`);
    }
    const sizes = options.full ? FULL_SIZES : DEFAULT_SIZES;
    const start = performance.now();
    const tell = (progress: string) => {
      const seconds = Math.round((performance.now() - start) / 1000);
      terminal.stderr.write(`${String(seconds).padStart(4)} s  ${progress}\n`);
    };
    const report = await runBenchmarks(benchmarks, sizes, tell, signals());
    const text = options.json
      ? JSON.stringify(report, null, 2)
      : `${toTable(report.findings)}\n\n${machineLine(report.machine)}`;
    terminal.stdout.write(`${text}\n`);
    return 0;
  },
});

/** Aborted by Ctrl-C, and by whoever ends this process in good order. */
function signals(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  return stopping.signal;
}
