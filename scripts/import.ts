// npm run import: sends a file of events to the running service.
import { main } from './command-line/terminal.ts';
import { runImport } from './import/import-command.ts';

void main(runImport);
