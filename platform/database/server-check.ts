import type { Client } from 'pg';
import { StartUpError } from '#platform/errors';

const OLDEST_VERSION = 160_000;

/**
 * Refuses a server on which the service would give wrong answers. Throws StartUpError with the remedy.
 * The locale C knows no letters but ASCII: case-insensitive search would miss Cyrillic.
 */
export async function checkServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string; ctype: string }>(`
    SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
           pg_encoding_to_char(encoding) AS encoding, datctype AS ctype
    FROM pg_database WHERE datname = current_database()`);
  const server = rows[0];
  if (!server) throw new StartUpError('DATABASE_URL names a database that the server does not list.');
  if (server.number < OLDEST_VERSION) {
    throw new StartUpError(
      `PostgreSQL ${server.version} is too old; give DATABASE_URL of a server of version 16 or later.`,
    );
  }
  if (server.encoding !== 'UTF8') {
    throw new StartUpError(
      `the database's encoding is ${server.encoding}; make one with CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0.`,
    );
  }
  // Asked of the server and not read off its settings: which of them counts depends on the database's locale provider.
  const { rows: letters } = await client.query<{ known: boolean }>(`SELECT 'Ж' ILIKE 'ж' AS known`);
  if (!letters[0]?.known) {
    throw new StartUpError(
      `the database's LC_CTYPE is ${server.ctype}, and it knows no letters but ASCII; make one with ` +
        `CREATE DATABASE ... LOCALE_PROVIDER libc LC_CTYPE 'C.UTF-8' TEMPLATE template0.`,
    );
  }
}
