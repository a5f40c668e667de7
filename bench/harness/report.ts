import { cpus, loadavg, totalmem } from 'node:os';
import type { Finding } from './benchmark.ts';

/** A run of benchmarks: on what, and what came out. */
export interface Report {
  readonly machine: Machine;
  readonly sizes: object;
  readonly findings: readonly Finding[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  /** Mean number of running processes in the last minute, when the run began and when it ended. */
  readonly load: readonly [number, number];
}

/** Describes this machine; `loadAtStart` is what `currentLoad` said when the run began. */
export function describeMachine(loadAtStart: number): Machine {
  const [first] = cpus();
  return {
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: [loadAtStart, currentLoad()],
  };
}

export function currentLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

const HEAD = ['', 'what', 'this', 'the other', 'ratio', 'rounds', 'target', 'met'];

/** The table as Markdown, aligned so that it reads well in a terminal too. */
export function toTable(findings: readonly Finding[]): string {
  const rows = [HEAD, ...findings.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** A finding by itself, for those who wait for the rest. */
export function toLine(finding: Finding): string {
  return cellsOf(finding)
    .filter((cell) => cell !== '')
    .join(' | ');
}

function cellsOf({ name, what, this: own, other, ratio, spread, target, met }: Finding): string[] {
  const rounds = spread ? `${show(spread[0])} to ${show(spread[1])}` : '';
  return [name, what, own, other, ratio === undefined ? '' : show(ratio), rounds, target, met ? 'yes' : 'no'];
}

function show(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0);
}

/** One line on the machine and how busy it was. */
export function machineLine({ processor, cores, memoryGiB, node, load }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGiB} GiB; Node ${node}; load ${load[0]} at the start, ${load[1]} at the end`;
}
