// npm run internal-key: prints a key pair for gateway and subgraphs that run as separate services.
import { runInternalKey } from './command-line/internal-key-command.ts';
import { main } from './command-line/terminal.ts';

void main(runInternalKey);
