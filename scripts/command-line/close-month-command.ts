import {
  type MonthStatuses,
  queueMonth,
  readStatuses,
  readUnsettled,
  type UnsettledMonth,
} from '../close-month-client.ts';
import { GraphRequestError, type GraphTarget } from '../graphql-client.ts';
import { showProgress } from '../progress.ts';
import { ACCESS_ENVIRONMENT, type Access, openAccess } from './access.ts';
import { defineCommand } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { companyIdOption, serviceUrlOption } from './option-values.ts';
import type { Terminal } from './terminal.ts';
import { failureCode, unreachable } from './unreachable.ts';

const POLL_MS = 1000;

/** npm run close-month: has the running service close a month, and waits until it is. */
export const runCloseMonth = defineCommand({
  name: 'close-month',
  description:
    'Has the running service close a month that is over: what each company used is billed, once. By itself the service closes ' +
    'months some hours after their end; this is for those that failed, or that ended before a company was registered. A ' +
    'company that has the invoice of the month keeps it. Prints how the month stands over all companies, and which of them ' +
    'wait for details or failed; the exit status is 1 where there are such.',
  positionals: [],
  options: {
    month: { value: 'MONTH', required: true, description: 'The month, such as 2026-10.' },
    company: { value: 'ID', description: 'Number of the company.', default: 'all whose month is over' },
    url: { value: 'URL', description: 'Address of the service.', default: 'http://localhost:PORT' },
  },
  environment: ACCESS_ENVIRONMENT,
  examples: {
    'October of all companies': 'npm run close-month -- --month 2026-10',
    'Of company 7': 'npm run close-month -- --month 2026-10 --company 7',
    'On another machine, with a token of its issuer that has the scope staff:finance':
      'STATISTICS_TOKEN=... npm run close-month -- --month 2026-10 --url https://statistics.example.com',
  },
  async work({ options, config, terminal }) {
    const month = monthOption(options.month);
    const companyId = options.company === undefined ? undefined : companyIdOption('--company', options.company);
    const url = serviceUrlOption('--url', options.url, config);
    const access = await openAccess({ subject: 'npm run close-month', scope: 'staff:finance' }, config, terminal);
    const unsettled = await close({ url, access, month, companyId, terminal });
    return unsettled.length > 0 ? 1 : 0;
  },
});

interface Closing {
  url: string;
  access: Access;
  month: string;
  companyId: string | undefined;
  terminal: Terminal;
}

async function close({ url, access, month, companyId, terminal }: Closing): Promise<UnsettledMonth[]> {
  const ask = async <T>(question: (target: GraphTarget) => Promise<T>): Promise<T> => {
    try {
      return await question({ url, token: await access.token() });
    } catch (error) {
      if (!(error instanceof GraphRequestError)) throw failureCode(error) ? unreachable(url, error) : error;
      const isToken = error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN';
      throw new CommandError(isToken ? `${error.message} ${access.remedy}` : error.message, { cause: error });
    }
  };
  const { queued, invoiced, notOver } = await ask((target) => queueMonth(target, month, companyId));
  const progress = showProgress(`Closing ${month.slice(0, 7)}`, 'companies', terminal.stderr);
  let statuses = await ask((target) => readStatuses(target, month));
  for (; statuses.CLOSING > 0; statuses = await ask((target) => readStatuses(target, month))) {
    progress.update(Math.max(0, queued - statuses.CLOSING), queued);
    await terminal.wait(POLL_MS);
  }
  progress.update(queued, queued);
  progress.finish();
  const unsettled = await ask((target) => readUnsettled(target, month));
  terminal.stdout.write(shown({ queued, invoiced, notOver }, statuses, unsettled));
  return unsettled;
}

function shown(
  { queued, invoiced, notOver }: { queued: number; invoiced: number; notOver: number },
  statuses: MonthStatuses,
  unsettled: readonly UnsettledMonth[],
): string {
  const rows: [string, number][] = [
    ['closed now', queued],
    ['invoiced before', invoiced],
    ['not over yet', notOver],
    ['INVOICED', statuses.INVOICED],
    ['NO_USAGE', statuses.NO_USAGE],
    ['BLOCKED_DETAILS', statuses.BLOCKED_DETAILS],
    ['FAILED', statuses.FAILED],
  ];
  const companies = unsettled.map(({ company, status, missingFields }) => {
    const why =
      status === 'FAILED' ? 'failed; the log of the service says why' : `waits for ${missingFields.join(', ')}`;
    return `company ${company.id} ${why}\n`;
  });
  return [...rows.map(([label, count]) => `${label.padEnd(16)} ${count}\n`), ...companies].join('');
}

/** YYYY-MM-01 of YYYY-MM. */
function monthOption(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return `${text}-01`;
  throw new UsageError(`--month ${JSON.stringify(text)} is not a month; give one such as 2026-10.`);
}
