// npm run bench: measures the service beside others.
import 'reflect-metadata';
import { main } from '../scripts/command-line/terminal.ts';
import { runBench } from './bench-command.ts';

void main(runBench);
