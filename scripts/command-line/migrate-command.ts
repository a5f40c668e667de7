import { MIGRATION_SETTINGS, readConfigOf, SETTINGS } from '#platform/config';
import { provisionService } from '../provision-service.ts';
import { SUBGRAPHS } from '../subgraphs.ts';
import { defineCommand } from './command.ts';

/** npm run migrate: brings the database up to date before the services of a new version start. */
export const runMigrate = defineCommand({
  name: 'migrate',
  description:
    "Makes the subgraphs' roles, schemas and tables, or brings them up to date, and ends. Run it before processes of a " +
    'new version start; npm start and npm run start:services do it by themselves. Running it again, or twice at once, is safe.',
  positionals: [],
  options: {},
  environment: {
    DATABASE_URL: SETTINGS.DATABASE_URL.description ?? '',
    DATABASE_ROLE_SECRET: SETTINGS.DATABASE_ROLE_SECRET.description ?? '',
  },
  examples: { 'A server of your own': 'DATABASE_URL=postgres://... DATABASE_ROLE_SECRET=... npm run migrate' },
  async work({ terminal }) {
    const config = readConfigOf(MIGRATION_SETTINGS, terminal.environment);
    await provisionService({
      ownerUrl: config.DATABASE_URL,
      roleSecret: config.DATABASE_ROLE_SECRET,
      statementTimeoutMs: config.DATABASE_TIMEOUT_MS,
    });
    terminal.stdout.write(`The database is up to date: ${SUBGRAPHS.map(({ name }) => name).join(', ')}.\n`);
    return 0;
  },
});
