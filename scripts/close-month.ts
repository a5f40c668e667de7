// npm run close-month: has a month closed by hand.
import { runCloseMonth } from './command-line/close-month-command.ts';
import { main } from './command-line/terminal.ts';

void main(runCloseMonth);
