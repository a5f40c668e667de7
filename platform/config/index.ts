export { type Config, processEnvironment, readConfig, SETTINGS } from './config.ts';
export { envExample } from './env-example.ts';
