export { type Config, processEnvironment, readConfig, SETTINGS } from './config.ts';
