import type { QueryRunner } from 'typeorm';
import { identifier, protectTable, sql, type Transaction, timestamp } from '#platform/database';

/** A file as the database of the subgraph that owns it knows it. */
export interface FileRecord {
  /** Key in the store. */
  readonly id: string;
  /** Name under which people save it; any Unicode. */
  readonly name: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** In a migration: the table of a subgraph's files, one row a file. */
export async function createFilesTable(runner: QueryRunner, schema: string): Promise<void> {
  const table = identifier(schema, 'files').toStatement().text;
  await runner.query(`
    CREATE TABLE ${table} (
      company_id bigint NOT NULL,
      id text COLLATE "C" NOT NULL,            -- key in the store
      name text NOT NULL,
      content_type text NOT NULL,
      size_bytes bigint NOT NULL,
      sha256 text NOT NULL,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (company_id, id)
    );
  `);
  await protectTable(runner, `${schema}.files`);
}

/** Makes a stored file known. Done in the transaction that also refers to it. */
export async function recordFile(transaction: Transaction, file: FileRecord, now: number): Promise<void> {
  await transaction.execute(
    'files.insert',
    sql`INSERT INTO files (company_id, id, name, content_type, size_bytes, sha256, created_at)
      VALUES (${transaction.companyId}, ${file.id}, ${file.name}, ${file.contentType}, ${file.sizeBytes}, ${file.sha256},
        ${timestamp(now)})`,
  );
}

/** A file of the transaction's company, or undefined where there is none. */
export async function findFile(transaction: Transaction, fileId: string): Promise<FileRecord | undefined> {
  const [file] = await findFiles(transaction, [fileId]);
  return file;
}

/** Those of some files that the transaction's company has, in any order. */
export async function findFiles(transaction: Transaction, fileIds: readonly string[]): Promise<FileRecord[]> {
  const rows = await transaction.query<Omit<FileRecord, 'sizeBytes'> & { sizeBytes: string }>(
    'files.find',
    sql`SELECT id, name, content_type AS "contentType", size_bytes AS "sizeBytes", sha256 FROM files
      WHERE company_id = ${transaction.companyId} AND id = ANY(${fileIds}::text[])`,
  );
  return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
}

/** Forgets a file; its bytes are removed from the store once this is committed. */
export async function forgetFile(transaction: Transaction, fileId: string): Promise<void> {
  await transaction.execute(
    'files.delete',
    sql`DELETE FROM files WHERE company_id = ${transaction.companyId} AND id = ${fileId}`,
  );
}
