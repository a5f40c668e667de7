// One piece of work in a process of its own: prints what it took as JSON. Started by run-measured.ts.
import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pino } from 'pino';
import { readConfig } from '#platform/config';
import { Database } from '#platform/database';
import { openFiles } from '#platform/files';
import { httpGraphClient } from '#platform/jobs';
import { generateReport } from '../../subgraphs/reports/reports/generate-report.ts';
import { writeWorkbook } from '../../subgraphs/reports/workbook/workbook.ts';
import { BENCH_NOW } from '../data/message-events.ts';
import { REPORT_COLUMNS, REPORT_FORMATS, reportPages } from './report-rows.ts';
import type { Measured, Task } from './run-measured.ts';

const MIB = 2 ** 20;
/** How often it is looked whether the event loop comes round. */
const EVERY_MS = 5;

async function perform(task: Task): Promise<void> {
  if (task.kind === 'report') return formReport(task);
  const sheet = { name: 'Sheet', columns: REPORT_COLUMNS, pages: reportPages(task.rows) };
  if (task.kind === 'exceljs') return (await import('../peers/exceljs.ts')).writeWithExceljs(task.path, task.rows);
  await pipeline(
    Readable.from(writeWorkbook({ sheets: [sheet], formats: REPORT_FORMATS })),
    createWriteStream(task.path),
  );
}

/** What a worker of reports does with one job. */
async function formReport({
  reportId,
  companyId,
  databaseUrl,
  gatewayUrl,
  token,
  dataDir,
}: Extract<Task, { kind: 'report' }>) {
  const config = readConfig({ DATA_DIR: dataDir });
  const database = new Database({ url: databaseUrl, applicationName: 'bench', poolSize: 2, connectTimeoutMs: 60_000 });
  const graph = httpGraphClient({ url: () => gatewayUrl, token: async () => token, timeoutMs: 60_000 });
  const { signal } = new AbortController();
  await generateReport(
    { id: reportId, attempt: 1 },
    {
      ...{ companyId, config, database, graph, signal, files: await openFiles(config) },
      // Nothing is put into the queue.
      jobs: undefined as never,
      clock: { now: () => BENCH_NOW },
      logger: pino({ level: 'silent' }),
    },
  );
  await database.close();
}

async function measure(task: Task): Promise<Measured> {
  const idle = process.memoryUsage().rss;
  const before = process.cpuUsage();
  const stalls = watchStalls();
  await perform(task);
  const { longestStallMs, longestStallCpuMs } = stalls();
  const { user, system } = process.cpuUsage(before);
  return {
    cpuMs: (user + system) / 1000,
    peakMiB: (process.resourceUsage().maxRSS * 1024 - idle) / MIB,
    longestStallMs,
    longestStallCpuMs,
  };
}

type Stalls = Pick<Measured, 'longestStallMs' | 'longestStallCpuMs'>;

/** Watches for how long the event loop does not come round, until it is called. */
function watchStalls(): () => Stalls {
  const longest = { longestStallMs: 0, longestStallCpuMs: 0 };
  let [before, cpuBefore] = [performance.now(), threadMs()];
  const timer = setInterval(() => {
    const [now, cpuNow] = [performance.now(), threadMs()];
    longest.longestStallMs = Math.max(longest.longestStallMs, now - before - EVERY_MS);
    longest.longestStallCpuMs = Math.max(longest.longestStallCpuMs, cpuNow - cpuBefore);
    [before, cpuBefore] = [now, cpuNow];
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

void measure(JSON.parse(process.argv[2] ?? '') as Task).then((measured) => console.log(JSON.stringify(measured)));
