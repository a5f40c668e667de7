import { B1 } from './b1-month-close.ts';
import { B2 } from './b2-partner-pull.ts';
import { D1 } from './d1-ingest.ts';
import { D2 } from './d2-ingest-over-http.ts';
import { D3 } from './d3-four-writers.ts';
import { D4 } from './d4-year-by-day.ts';
import { D5 } from './d5-growth.ts';
import { D6 } from './d6-ragged-minutes.ts';
import { D7 } from './d7-duckdb.ts';
import { D8 } from './d8-postgraphile.ts';
import { D9 } from './d9-small-company.ts';
import { D10 } from './d10-peaks-operators-phrases.ts';
import { G1 } from './g1-page-documents.ts';
import type { Benchmark } from './harness/benchmark.ts';
import { R1 } from './r1-report-memory.ts';
import { R2 } from './r2-writer-cpu.ts';

/** All benchmarks, in the order of the table. */
export const BENCHMARKS: readonly Benchmark[] = [D1, D2, D3, D4, D5, D6, D7, D8, D9, D10, G1, R1, R2, B1, B2];
