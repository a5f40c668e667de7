import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSheet } from 'read-excel-file/node';
import type { Benchmark } from './harness/benchmark.ts';
import { compareTimes, expectEqual } from './harness/compare.ts';
import { runMeasured } from './reports/run-measured.ts';

/** Rows that are read back and compared before anything is measured. */
const COMPARED = 500;

/** CPU of all threads for the same sheet, each time in a process of its own. */
export const R2: Benchmark = {
  name: 'R2',
  shows: 'what a workbook costs beside exceljs',
  async run({ sizes: { reportRows, rounds } }) {
    const directory = await mkdtemp(join(tmpdir(), 'statistics-bench-'));
    const write = async (kind: 'workbook' | 'exceljs', rows: number) => {
      const path = join(directory, `${kind}.xlsx`);
      const { cpuMs } = await runMeasured({ kind, path, rows });
      return { path, cpuMs };
    };
    try {
      const [own, other] = [await write('workbook', COMPARED), await write('exceljs', COMPARED)];
      expectEqual('R2', await read(own.path), await read(other.path));
      const times = { own: [] as number[], other: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        times.own.push((await write('workbook', reportRows)).cpuMs);
        times.other.push((await write('exceljs', reportRows)).cpuMs);
      }
      return [
        compareTimes({
          name: 'R2',
          what: `CPU of a workbook of ${reportRows.toLocaleString('en-US')} rows by 8 columns`,
          against: 'exceljs',
          thisMs: times.own,
          otherMs: times.other,
          target: { least: 2.5 },
        }),
      ];
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

/** The cells of a file. Moments to the second: those of exceljs are a fraction of a millisecond too early. */
async function read(path: string): Promise<unknown[][]> {
  const rows = (await readSheet(path)) as unknown[][];
  return rows.map((cells) => cells.map((cell) => (cell instanceof Date ? Math.round(cell.getTime() / 1000) : cell)));
}
