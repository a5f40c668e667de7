// npm run rollups: compares sums that are kept by time with the rows themselves, or makes them anew.
import 'reflect-metadata';
import { runRollups } from './command-line/rollups-command.ts';
import { main } from './command-line/terminal.ts';

void main(runRollups);
