import { BILLING_SETTINGS } from './billing-settings.ts';
import type { Config, ConfigModel, ConfigOf, SettingName } from './config.ts';
import { FILE_STORE_SETTINGS } from './file-settings.ts';
import { REPORT_SETTINGS } from './report-settings.ts';

/** What subgraphs and the gateway read to know each other's links to files. */
const LINK_SETTINGS = ['DATA_DIR', 'FILE_LINK_SECRET', 'FILE_LINK_SECONDS', 'PUBLIC_URL'] as const;

/** The gateway as a process of its own. It never sees the database. */
export const GATEWAY_SETTINGS = model({
  reader: 'the gateway',
  reads: [
    'PORT',
    'HOST',
    ...LINK_SETTINGS,
    'LOG_LEVEL',
    'AUTH_JWKS_URL',
    'AUTH_ISSUER',
    'AUTH_AUDIENCE',
    'INGEST_MAX_REQUESTS',
    'INGEST_IDLE_TIMEOUT_MS',
    'GRAPHQL_MAX_BODY_BYTES',
    'SUBGRAPH_TIMEOUT_MS',
    'SUBGRAPH_INGEST_TIMEOUT_MS',
    'SUBGRAPH_URLS',
    'INTERNAL_SIGNING_KEY',
    'JOB_PUBLIC_KEY',
  ],
  needs: ['SUBGRAPH_URLS', 'INTERNAL_SIGNING_KEY'],
});

/** One subgraph as a process of its own. Of DATABASE_URL it takes the server and the database, never the owner. */
export const SUBGRAPH_SETTINGS = model({
  reader: 'a subgraph',
  reads: [
    'SUBGRAPH_HOST',
    'SUBGRAPH_PORT',
    'SUBGRAPH_DATABASE_URL',
    'DATABASE_URL',
    'DATABASE_ROLE_SECRET',
    'DATABASE_POOL_SIZE',
    'DATABASE_TIMEOUT_MS',
    'LOG_LEVEL',
    'INTERNAL_PUBLIC_KEY',
    'GATEWAY_URL',
    'JOB_SIGNING_KEY',
    'SUBGRAPH_TIMEOUT_MS',
    'PHRASE_MIN_CLIENTS',
    'PHONE_COUNTRY',
    'MAX_CALL_HOURS',
    'ROLLUP_MIN_ROWS',
    'ROLLUP_INTERVAL_MS',
    'MESSAGE_RETENTION_DAYS',
    'GRAFANA_URL',
    ...LINK_SETTINGS,
    ...(Object.keys(FILE_STORE_SETTINGS) as (keyof typeof FILE_STORE_SETTINGS)[]),
    ...(Object.keys(BILLING_SETTINGS) as (keyof typeof BILLING_SETTINGS)[]),
    ...(Object.keys(REPORT_SETTINGS) as (keyof typeof REPORT_SETTINGS)[]),
  ],
  needs: ['INTERNAL_PUBLIC_KEY'],
});

/** The command that brings the database up to date. */
export const MIGRATION_SETTINGS = model({
  reader: 'npm run migrate',
  reads: ['DATABASE_URL', 'DATABASE_ROLE_SECRET', 'DATABASE_TIMEOUT_MS'],
  needs: ['DATABASE_URL', 'DATABASE_ROLE_SECRET'],
});

/** The embedded PostgreSQL as a process of its own. */
export const DATABASE_SETTINGS = model({
  reader: 'the embedded database',
  reads: ['DATA_DIR', 'LOG_LEVEL'],
  needs: [],
});

/** What a subgraph reads, wherever it runs. */
export type SubgraphSettings = Pick<Config, (typeof SUBGRAPH_SETTINGS.reads)[number]>;
export type GatewayConfig = ConfigOf<typeof GATEWAY_SETTINGS>;
export type SubgraphConfig = ConfigOf<typeof SUBGRAPH_SETTINGS>;
export type MigrationConfig = ConfigOf<typeof MIGRATION_SETTINGS>;
export type DatabaseConfig = ConfigOf<typeof DATABASE_SETTINGS>;

function model<const Reads extends SettingName, const Needs extends Reads>(of: ConfigModel<Reads, Needs>) {
  return of;
}
