import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { to } from 'pg-copy-streams';
import type { BenchCompany, World } from '../world.ts';

/** DuckDB with a columnar copy of a company's messages, sorted by time, as long as the work takes. */
export async function withDuckDb<T>(
  world: World,
  company: BenchCompany,
  work: (duckDb: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'statistics-duckdb-'));
  try {
    const instance = await DuckDBInstance.create(join(folder, 'messages.duckdb'), { threads: '2' });
    const connection = await instance.connect();
    try {
      await copyMessages(world, company, join(folder, 'messages.csv'), connection);
      return await work(connection);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyMessages(world: World, { id }: BenchCompany, file: string, duckDb: DuckDBConnection): Promise<void> {
  const rows = `SELECT channel, status, created_at AT TIME ZONE 'UTC' AS created_at
    FROM messaging_stats.messages WHERE company_id = ${BigInt(id)}`;
  await world.withOwner((client) =>
    pipeline(client.query(to(`COPY (${rows}) TO STDOUT (FORMAT csv)`)), createWriteStream(file)),
  );
  const columns = "{'channel': 'VARCHAR', 'status': 'VARCHAR', 'created_at': 'TIMESTAMP'}";
  await duckDb.run(`
    CREATE TYPE channel AS ENUM (SELECT DISTINCT channel FROM read_csv('${file}', columns = ${columns}));
    CREATE TYPE status AS ENUM (SELECT DISTINCT status FROM read_csv('${file}', columns = ${columns}));
    CREATE TABLE messages AS SELECT channel::channel AS channel, status::status AS status, created_at
      FROM read_csv('${file}', columns = ${columns}) ORDER BY created_at;
    CHECKPOINT;
  `);
}
