import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestGraph } from '../scripts/graphql-client.ts';
import { smsCompany } from './data/companies.ts';
import type { Benchmark, Finding } from './harness/benchmark.ts';
import { expectEqual } from './harness/compare.ts';
import { type Measured, runMeasured } from './reports/run-measured.ts';
import type { World } from './world.ts';

const MOST_MIB = 250;
const MOST_STALL_MS = 100;

const PERIOD = { dates: { startDate: '2025-03-15', endDate: '2026-03-14' } };
const ORDER = `mutation Order($input: GenerateReportInput!) {
  generateReport(input: $input) { report { id } userErrors { message } }
}`;

interface Ordered {
  readonly generateReport: { readonly report: { readonly id: string } };
}
const FORMED = `query Formed($id: ID!, $period: PeriodInput!) {
  report(id: $id) { status rowCount }
  messagingStats(period: $period, filter: { channels: [SMS] }) { counters { total } }
}`;

interface Formed {
  readonly report: { readonly status: string; readonly rowCount: number };
  readonly messagingStats: { readonly counters: { readonly total: number } };
}

/** A workbook written alone, and a report of details as its worker makes it: asked of the gateway page by page, and kept. */
export const R1: Benchmark = {
  name: 'R1',
  shows: 'that memory does not grow with a report, and that nothing waits for it',
  async run({ world, sizes: { reportRows } }) {
    const directory = await mkdtemp(join(tmpdir(), 'statistics-bench-'));
    try {
      const path = join(directory, 'workbook.xlsx');
      const alone = await runMeasured({ kind: 'workbook', path, rows: reportRows });
      const { rows, measured } = await formReport(world, reportRows, directory);
      return [
        finding(`workbook of ${shown(reportRows)} rows by 8 columns`, alone),
        finding(`report of ${shown(rows)} messages, from the graph to the file`, measured),
      ];
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

async function formReport(
  world: World,
  messages: number,
  dataDir: string,
): Promise<{ rows: number; measured: Measured }> {
  const { id: companyId } = await smsCompany(world, messages);
  const token = await world.token(['stats:read', 'reports:read', 'reports:write'], companyId);
  let rows = 0;
  let measured: Measured | undefined;
  // The process that is measured does what a worker would.
  await world.withService(
    async (gatewayUrl) => {
      const gateway = { url: gatewayUrl, token };
      const input = { type: 'DETAILS', service: 'SMS', period: PERIOD, idempotencyKey: 'bench' };
      const { generateReport } = await requestGraph<Ordered>(gateway, ORDER, { input });
      const reportId = generateReport.report.id;
      const databaseUrl = world.roleUrl('reports');
      measured = await runMeasured({ kind: 'report', reportId, companyId, databaseUrl, gatewayUrl, token, dataDir });
      const variables = { id: reportId, period: PERIOD };
      const { report, messagingStats } = await requestGraph<Formed>(gateway, FORMED, variables);
      const { total } = messagingStats.counters;
      expectEqual('R1', [report.status, report.rowCount], ['GENERATED', total]);
      rows = total;
    },
    { workers: false },
  );
  if (!measured) throw new Error('nothing was measured');
  return { rows, measured };
}

/** The target is of the time that passes, as somebody who waits feels it; what of it was work of the process stands beside it. */
function finding(what: string, { peakMiB, longestStallMs, longestStallCpuMs }: Measured): Finding {
  const stall = `longest stall ${Math.round(longestStallMs)} ms, ${Math.round(longestStallCpuMs)} ms of CPU`;
  return {
    name: 'R1',
    what,
    this: `${Math.round(peakMiB)} MiB above idle; ${stall}`,
    other: '',
    target: `<= ${MOST_MIB} MiB; <= ${MOST_STALL_MS} ms`,
    met: peakMiB <= MOST_MIB && longestStallMs <= MOST_STALL_MS,
  };
}

const shown = (count: number) => count.toLocaleString('en-US');
