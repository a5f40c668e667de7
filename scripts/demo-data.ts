import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Scope } from '#platform/identity';
import { loadDemo } from '../demo/load-demo.ts';
import { DEMO_SCENARIO } from '../demo/scenario.ts';
import { loadDemoBilling } from './demo-billing.ts';
import { type GraphTarget, requestGraph } from './graphql-client.ts';
import { registerThroughGateway } from './register-company.ts';

export interface DemoDataOptions {
  dataDir: string;
  url: string;
  /** Epoch milliseconds. */
  now: number;
  /** Makes a token with these scopes; of the demo company, or of none. */
  token(scopes: readonly Scope[], companyId?: string): Promise<string>;
  onProgress(done: number, total: number): void;
  signal: AbortSignal;
}

/** What was begun; kept so that a load that was cut off is taken up with the same end. */
interface DemoState {
  /** Present of the demo, epoch milliseconds. */
  now: number;
  loaded: boolean;
}

const MINUTE_MS = 60_000;

/**
 * Loads the demo company's history through the public ingest, and its invoices and payments through the graph, once. A load that was cut off is repeated from its beginning:
 * what is there already stays. A company 1 that somebody else registered is left alone. Says whether anything was loaded.
 */
export async function ensureDemoData(options: DemoDataOptions): Promise<boolean> {
  const file = join(options.dataDir, 'demo-data.json');
  const staff = { url: options.url, token: await options.token(['staff:platform']) };
  let state = await readState(file);
  if (state?.loaded) return false;
  if (!state && (await isRegistered(staff))) return false;
  state ??= { now: Math.floor(options.now / MINUTE_MS) * MINUTE_MS, loaded: false };
  await writeFile(file, JSON.stringify(state));
  await registerThroughGateway(staff, DEMO_SCENARIO.company);
  await loadDemo({
    url: options.url,
    token: await options.token(['ingest:write'], DEMO_SCENARIO.company.id),
    now: state.now,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  await loadDemoBilling({
    url: options.url,
    companyId: DEMO_SCENARIO.company.id,
    now: state.now,
    token: (scope, companyId) => options.token([scope], companyId),
    wait: (waitMs) => delay(waitMs, undefined, { signal: options.signal }),
  });
  await orderReports({
    url: options.url,
    token: await options.token(['reports:write', 'stats:read'], DEMO_SCENARIO.company.id),
  });
  await writeFile(file, JSON.stringify({ ...state, loaded: true }));
  return true;
}

const GENERATE_REPORT = `mutation DemoReport {
  generateReport(input: { service: SMS, type: SUMMARY, period: { preset: LAST_MONTH }, idempotencyKey: "demo" }) {
    report { id }
    userErrors { field code message }
  }
}`;

const SCHEDULE_REPORT = `mutation DemoSchedule {
  scheduleReport(input: { type: SUMMARY, frequency: WEEKLY, idempotencyKey: "demo" }) {
    schedule { id }
    userErrors { field code message }
  }
}`;

/** Has one report made, and one made every week, so that the lists are not empty; it is formed in the background. */
async function orderReports(gateway: GraphTarget): Promise<void> {
  type Payload = { userErrors: { message: string }[] };
  for (const mutation of [GENERATE_REPORT, SCHEDULE_REPORT]) {
    const [{ userErrors }] = Object.values(await requestGraph<Record<string, Payload>>(gateway, mutation, {})) as [
      Payload,
    ];
    if (userErrors[0]) throw new Error(`the demo's report is refused: ${userErrors[0].message}`);
  }
}

async function readState(file: string): Promise<DemoState | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as DemoState);
}

async function isRegistered(gateway: { url: string; token: string }): Promise<boolean> {
  const query = 'query IsRegistered($id: ID!) { company(id: $id) { id } }';
  return requestGraph(gateway, query, { id: DEMO_SCENARIO.company.id }).then(
    () => true,
    () => false,
  );
}
