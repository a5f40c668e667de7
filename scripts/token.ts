// npm run token: prints an access token for the service.
import { main } from './command-line/terminal.ts';
import { runToken } from './command-line/token-command.ts';

void main(runToken);
