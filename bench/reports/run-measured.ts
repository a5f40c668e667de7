import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A piece of work that is measured in a process of its own. */
export type Task =
  | { readonly kind: 'workbook' | 'exceljs'; readonly path: string; readonly rows: number }
  | {
      readonly kind: 'report';
      readonly reportId: string;
      readonly companyId: string;
      readonly databaseUrl: string;
      readonly gatewayUrl: string;
      readonly token: string;
      readonly dataDir: string;
    };

export interface Measured {
  /** Of all threads, start of the process excluded. */
  readonly cpuMs: number;
  /** Most memory above that of the idle process. */
  readonly peakMiB: number;
  /**
   * Longest time for which nothing else could run in the process. The turns of other processes are in it: on a machine with
   * more to do than it has processors a stall gets longer without anybody having stalled.
   */
  readonly longestStallMs: number;
  /** Longest time that the thread of the event loop was busy without coming round: what the process has to answer for. */
  readonly longestStallCpuMs: number;
}

const NODE = ['--disable-warning=ExperimentalWarning', '--import', './scripts/swc-register.mjs'];

export async function runMeasured(task: Task): Promise<Measured> {
  const argv = [...NODE, 'bench/reports/measured-process.ts', JSON.stringify(task)];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return JSON.parse(stdout) as Measured;
}
