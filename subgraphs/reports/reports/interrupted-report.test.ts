import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { makeInternalKey } from '#platform/identity';
import { startScript } from '../../../tests/start/service-process.ts';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { startTestService, type TestCompany, type TestService } from '../../../tests/support/test-service.ts';
import { download, message, order, remove, reportOf } from './report.test-support.ts';

// A worker in a process of its own, which asks a gateway that lets a page through only when it is told to.
const ROWS = 2_500;
const DETAILS = { type: 'DETAILS', service: 'SMS' };

let service: TestService;
let company: TestCompany;
let gateway: Awaited<ReturnType<typeof startSlowGateway>>;
beforeAll(async () => {
  service = await startTestService();
  company = await service.company();
  const lines = Array.from({ length: ROWS }, (_, index) => message(`m${index}`, 1 + (index % 10)));
  expect(await company.ingest('messages', lines)).toMatchObject({ inserted: ROWS });
  gateway = await startSlowGateway();
});
afterAll(async () => {
  await gateway.stop();
  await service.stop();
});

/** Passes questions on as the company, and holds every further page of a list until `release` is called for it. */
async function startSlowGateway() {
  const held: (() => void)[] = [];
  let onHeld: () => void = () => undefined;
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (JSON.parse(body).variables?.after) {
      await new Promise<void>((resolve) => {
        held.push(resolve);
        onHeld();
      });
    }
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${await service.token({ companyId: company.id })}`,
    };
    const answer = await fetch(`${service.url}/graphql`, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  };
  const server = createServer((request, response) => void pass(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when a worker waits for a further page. */
    async page(): Promise<void> {
      if (held.length === 0) await new Promise<void>((resolve) => (onHeld = resolve));
    },
    release(): void {
      held.shift()?.();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts the subgraph of reports as a process of its own, with its workers. */
async function startWorker() {
  const keys = await makeInternalKey();
  const { child, ended } = startScript(['run-subgraph', '--name', 'reports'], {
    DATABASE_URL: service.ownerUrl,
    DATABASE_ROLE_SECRET: TEST_ROLE_SECRET,
    DATA_DIR: service.dataDir,
    SUBGRAPH_PORT: '0',
    INTERNAL_PUBLIC_KEY: keys.publicKey,
    GATEWAY_URL: gateway.url,
    JOB_SIGNING_KEY: keys.signingKey,
  });
  return {
    async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
      child.kill(signal);
      await ended();
    },
  };
}

async function filesOf(suffix: string): Promise<number> {
  const names = await readdir(join(service.dataDir, 'files'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(suffix)).length;
}

/** Time passes: the worker has been silent for longer than a living one ever is. */
async function letSilencePass(): Promise<void> {
  const owner = new Client({ connectionString: service.ownerUrl });
  await owner.connect();
  await owner.query(`UPDATE reports_jobs.job SET heartbeat_on = now() - interval '2 minutes' WHERE state = 'active'`);
  await owner.query('UPDATE reports_jobs.queue SET monitor_claim_on = NULL, monitor_on = NULL');
  await owner.end();
}

test('[REP-12] a worker that is killed in the middle of a report leaves no half of it, and another one forms it whole', async () => {
  const id = await order(company, DETAILS);
  const worker = await startWorker();
  await gateway.page();
  const halfway = await reportOf(company, id);
  expect(halfway).toMatchObject({ status: 'GENERATING', attempt: 1, file: null });
  expect(halfway.progress).toBeGreaterThan(5);
  expect(halfway.progress).toBeLessThan(99);
  expect(await filesOf('.part')).toBe(1);
  await worker.end('SIGKILL');
  expect(await service.runJobs()).toBe(0);
  expect(await reportOf(company, id)).toEqual(halfway);

  await letSilencePass();
  await service.recoverJobs();
  expect(await service.runJobs()).toBe(1);
  const report = await reportOf(company, id);
  expect(report).toMatchObject({ status: 'GENERATED', attempt: 1, progress: 100, rowCount: ROWS });
  const ids = (await download(service, report.file.url)).slice(1, -1).map(([first]) => first);
  expect(new Set(ids).size).toBe(ROWS);
  expect(ids).toHaveLength(ROWS);
});

test('[REP-17] a report that is deleted while it is being made ends the work and leaves nothing behind', async () => {
  const [whole, drafts] = [await filesOf(''), await filesOf('.part')];
  const id = await order(company, DETAILS);
  const worker = await startWorker();
  gateway.release();
  await gateway.page();
  expect(await filesOf('.part')).toBe(drafts + 1);
  await remove(company, id);
  const { data } = await company.graph('{ reports { totalCount } }');
  expect(data.reports.totalCount).toBe(1);
  gateway.release();
  // A stop waits for the job under way, and this one ends by itself.
  await worker.end('SIGTERM');
  expect([await filesOf(''), await filesOf('.part')]).toEqual([whole, drafts]);
});
