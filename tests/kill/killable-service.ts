import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { readConfig } from '#platform/config';
import { ensureSigningKey, type Scope, signAccessToken } from '#platform/identity';
import type { IngestAnswer } from '#platform/ingest';
import { systemClock } from '#platform/time';
import { runRollups } from '../../scripts/command-line/rollups-command.ts';
import { testTerminal } from '../../scripts/command-line/terminal.test-support.ts';
import { registerThroughGateway } from '../../scripts/register-company.ts';
import { openOwner } from '../../scripts/running-database.ts';
import { type ServiceProcess, startProcess, temporaryDirectory, until } from '../start/service-process.ts';

/** What is killed: the service, its PostgreSQL, or the one process of PostgreSQL that runs the statement. */
export type Victim = 'service' | 'postgres' | 'backend';

export interface Kill {
  readonly victim: Victim;
  /** The statement that runs when it happens, as messaging-stats calls it. */
  readonly during: string;
}

/** Levels from almost the first message on, and somebody who is always at them. */
const SETTINGS = { ROLLUP_MIN_ROWS: '500', ROLLUP_INTERVAL_MS: '1' };
const COMPANY = { id: '7', name: 'Acme', timeZone: 'Europe/Moscow', currency: 'EUR' };

/** `npm start` on a data directory that outlives it, with one company. */
export class KillableService {
  private process: ServiceProcess | undefined;
  private address = { url: '', token: '' };

  private constructor(private readonly directory: Awaited<ReturnType<typeof temporaryDirectory>>) {}

  static async start(): Promise<KillableService> {
    const service = new KillableService(await temporaryDirectory());
    await service.ensureRunning();
    const { url } = service.address;
    await registerThroughGateway({ url, token: await service.token('staff:platform') }, COMPANY);
    return service;
  }

  /** Starts it unless it has survived, and waits until it is ready: PostgreSQL may still be replaying its log. */
  async ensureRunning(): Promise<void> {
    if (!this.process || this.process.child.exitCode !== null || this.process.child.signalCode !== null) {
      this.process = startProcess(this.directory.path, SETTINGS);
      const { url } = await this.process.ready();
      this.address = { url, token: await this.token('ingest:write', 'stats:read') };
    }
    await until(async () => (await fetch(`${this.address.url}/readyz`)).status === 200);
  }

  /** Sends lines in one request; the answer, or nothing where none came or it was no success. */
  async send(lines: readonly object[]): Promise<IngestAnswer | undefined> {
    const { url, token } = this.address;
    try {
      const response = await fetch(`${url}/ingest/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
        body: lines.map((line) => JSON.stringify(line)).join('\n'),
      });
      return response.status === 200 ? ((await response.json()) as IngestAnswer) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Data of a question; throws where it is answered with errors. */
  async ask(query: string, variables: Record<string, unknown>): Promise<unknown> {
    const { url, token } = this.address;
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown[] };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Waits until the statement runs, and kills with signal 9 in that moment; then for the end of the service, unless it survives. */
  async kill({ victim, during }: Kill): Promise<void> {
    const watcher = await this.connect();
    try {
      const backend = await pidOf(watcher, during);
      if (victim === 'service') this.process?.child.kill('SIGKILL');
      else process.kill(victim === 'backend' ? backend : await this.postmaster(), 'SIGKILL');
    } finally {
      await watcher.end().catch(() => undefined);
    }
    if (victim !== 'backend') await this.process?.ended();
  }

  /** Waits until all that was committed is in the levels, so that answers come from nowhere else. */
  async folded(): Promise<void> {
    const watcher = await this.connect();
    try {
      await until(async () => {
        const { rowCount } = await watcher.query(`SELECT FROM messaging_stats.rollup_state
          WHERE status = 'rolled' AND NOT EXISTS (SELECT FROM messaging_stats.messages_delta)`);
        return rowCount === 1;
      });
    } finally {
      await watcher.end();
    }
  }

  /** `npm run rollups -- verify`: its exit status, and what it says of the messages. */
  async verify(): Promise<{ status: number; messages: string[] }> {
    const { terminal, stdout } = testTerminal({ environment: { DATA_DIR: this.directory.path } });
    const status = await runRollups(['verify'], terminal);
    return {
      status,
      messages: stdout()
        .split('\n')
        .filter((line) => line.includes(' messages: ')),
    };
  }

  async stop(): Promise<void> {
    this.process?.child.kill('SIGTERM');
    await this.process?.ended();
    await this.directory.remove();
  }

  private async token(...scopes: Scope[]): Promise<string> {
    const key = await ensureSigningKey(this.directory.path);
    const companyId = scopes.includes('staff:platform') ? undefined : COMPANY.id;
    return signAccessToken(key, { subject: 'test', companyId, scopes }, 3600, systemClock);
  }

  /** As the owner of the database, to see what runs. */
  private async connect(): Promise<Client> {
    const { ownerUrl } = await openOwner(readConfig({ DATA_DIR: this.directory.path }));
    const client = new Client({ connectionString: ownerUrl });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  private async postmaster(): Promise<number> {
    const file = await readFile(join(this.directory.path, 'postgres', 'postmaster.pid'), 'utf8');
    return Number(file.split('\n')[0]);
  }
}

/** Waits until a process of PostgreSQL runs this statement of messaging-stats. */
async function pidOf(watcher: Client, statement: string): Promise<number> {
  for (;;) {
    const { rows } = await watcher.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
      WHERE application_name LIKE 'statistics messaging-stats%' AND state = 'active' AND query LIKE $1`,
      [`/* ${statement} */%`],
    );
    if (rows[0]) return rows[0].pid;
  }
}
