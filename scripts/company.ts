// npm run company: registers a company, or changes it.
import { runCompany } from './command-line/company-command.ts';
import { main } from './command-line/terminal.ts';

void main(runCompany);
