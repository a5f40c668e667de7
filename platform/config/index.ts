export {
  type Config,
  type ConfigModel,
  type ConfigOf,
  processEnvironment,
  readConfig,
  readConfigOf,
  SETTINGS,
  type SettingName,
} from './config.ts';
export { envExample } from './env-example.ts';
export type { FILE_STORE_SETTINGS } from './file-settings.ts';
export {
  DATABASE_SETTINGS,
  type DatabaseConfig,
  GATEWAY_SETTINGS,
  type GatewayConfig,
  MIGRATION_SETTINGS,
  type MigrationConfig,
  SUBGRAPH_SETTINGS,
  type SubgraphConfig,
  type SubgraphSettings,
} from './process-models.ts';
