// npm run migrate: makes roles, schemas and tables, or brings them up to date, and ends.
import 'reflect-metadata';
import { runMigrate } from './command-line/migrate-command.ts';
import { main } from './command-line/terminal.ts';

void main(runMigrate);
