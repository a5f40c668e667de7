import { isCurrency } from '#platform/money';
import { GraphRequestError, type GraphTarget } from '../graphql-client.ts';
import { type CompanyToRegister, registerThroughGateway } from '../register-company.ts';
import { ACCESS_ENVIRONMENT, openAccess } from './access.ts';
import { defineCommand } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { companyIdOption, serviceUrlOption, timeZoneOption } from './option-values.ts';
import { failureCode, unreachable } from './unreachable.ts';

/** npm run company: registers a company through the running service, or changes its name and time zone. */
export const runCompany = defineCommand({
  name: 'company',
  description:
    'Registers a company with the running service, or changes the name and time zone of one that is registered, and ' +
    'prints what is registered now. The same call again changes nothing.',
  positionals: [],
  options: {
    id: { value: 'ID', required: true, description: 'Number of the company: a whole number from 1 to 2^63-1.' },
    name: { value: 'NAME', required: true, description: 'Name of the company, 1 to 200 characters.' },
    'time-zone': {
      value: 'ZONE',
      required: true,
      description: "IANA name of the zone in which the company's days begin, such as Europe/Moscow.",
    },
    currency: {
      value: 'CODE',
      required: true,
      description: 'Currency of all prices of the company, by ISO 4217, such as EUR. It never changes.',
    },
    url: { value: 'URL', description: 'Address of the service.', default: 'http://localhost:PORT' },
  },
  environment: ACCESS_ENVIRONMENT,
  examples: {
    'Register company 7': 'npm run company -- --id 7 --name "Acme" --time-zone Europe/Moscow --currency EUR',
    'On another machine, with a token of its issuer that has the scope staff:platform':
      'STATISTICS_TOKEN=... npm run company -- --id 7 --name "Acme" --time-zone Europe/Moscow --currency EUR --url https://statistics.example.com',
  },
  async work({ options, config, terminal }) {
    const input: CompanyToRegister = {
      id: companyIdOption('--id', options.id),
      name: options.name,
      timeZone: timeZoneOption('--time-zone', options['time-zone']),
      currency: currencyOption(options.currency),
    };
    const url = serviceUrlOption('--url', options.url, config);
    const access = await openAccess({ subject: 'npm run company', scope: 'staff:platform' }, config, terminal);
    const company = await register({ url, token: await access.token() }, input, access.remedy);
    const { id, name, timeZone, currency } = company;
    terminal.stdout.write(`id         ${id}\nname       ${name}\ntime zone  ${timeZone}\ncurrency   ${currency}\n`);
    return 0;
  },
});

async function register(target: GraphTarget, input: CompanyToRegister, remedy: string): Promise<CompanyToRegister> {
  try {
    return await registerThroughGateway(target, input);
  } catch (error) {
    if (error instanceof GraphRequestError) {
      const isToken = error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN';
      throw new CommandError(isToken ? `${error.message} ${remedy}` : error.message, { cause: error });
    }
    throw failureCode(error) ? unreachable(target.url, error) : error;
  }
}

function currencyOption(text: string): string {
  if (isCurrency(text)) return text;
  throw new UsageError(
    `--currency ${JSON.stringify(text)} is not a currency; give a code of ISO 4217 in capitals, such as EUR.`,
  );
}
