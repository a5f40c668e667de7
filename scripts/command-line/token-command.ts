import {
  type Identity,
  isScope,
  readSigningKey,
  SCOPE_NAMES,
  SCOPES_WITHOUT_COMPANY,
  type Scope,
  signAccessToken,
} from '#platform/identity';
import { defineCommand } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { companyIdOption, durationOption } from './option-values.ts';

const DEFAULT_SCOPES = SCOPE_NAMES.filter((scope) => !SCOPES_WITHOUT_COMPANY.includes(scope));
const DEFAULT_LIFETIME = '1h';

/** npm run token: prints an access token of the service's own key, alone on standard output. */
export const runToken = defineCommand({
  name: 'token',
  description:
    'Prints an access token for the service, signed with the key in its data directory, alone on standard output. ' +
    'The key is made on the first start of the service; this command only reads it. Nobody can take a token back: ' +
    'it holds until it expires.',
  positionals: [],
  options: {
    company: {
      value: 'ID',
      description:
        `Number of the company that the token speaks for. May be left out only with one of the scopes ` +
        `${SCOPES_WITHOUT_COMPANY.join(', ')}.`,
    },
    scope: {
      value: '"SCOPES"',
      description: `What the token allows, separated by spaces: any of ${SCOPE_NAMES.join(', ')}.`,
      default: DEFAULT_SCOPES.join(' '),
    },
    name: { value: 'NAME', description: 'Name of the member of staff, for the audit list.', default: 'none' },
    email: { value: 'EMAIL', description: 'Email of the member of staff, for the audit list.', default: 'none' },
    expires: {
      value: 'DURATION',
      description: 'How long the token holds: a number of s, m, h or d, such as 30s, 15m, 1h or 7d; at most 365d.',
      default: DEFAULT_LIFETIME,
    },
  },
  environment: { DATA_DIR: "The service's data directory, which holds its key. Default: .data." },
  examples: {
    "Company 7, everything but the staff's and the payment system's": 'npm run --silent token -- --company 7',
    'Into a variable (--silent keeps npm itself off standard output)':
      'TOKEN=$(npm run --silent token -- --company 7 --scope "stats:read billing:read" --expires 7d)',
    'Staff, of no company': 'npm run --silent token -- --scope staff:finance --name "Ann Lee" --email ann@example.com',
  },
  async work({ options, config, terminal }) {
    const scopes = readScopes(options.scope);
    const identity: Identity = {
      subject: 'npm run token',
      companyId: options.company === undefined ? undefined : companyIdOption('--company', options.company),
      scopes,
      name: options.name,
      email: options.email,
    };
    checkCompany(identity);
    const lifetimeSeconds = durationOption('--expires', options.expires ?? DEFAULT_LIFETIME);
    if (config.AUTH_JWKS_URL) {
      throw new CommandError(
        'tokens come from the issuer of AUTH_JWKS_URL, so the service takes none of its own key; get one there.',
      );
    }
    const key = await readSigningKey(config.DATA_DIR);
    terminal.stdout.write(`${await signAccessToken(key, identity, lifetimeSeconds, terminal.clock)}\n`);
    return 0;
  },
});

function readScopes(text: string | undefined): readonly Scope[] {
  if (text === undefined) return DEFAULT_SCOPES;
  const names = [...new Set(text.split(/\s+/).filter((name) => name !== ''))];
  const unknown = names.filter((name) => !isScope(name));
  if (names.length > 0 && unknown.length === 0) return names.filter(isScope);
  const fault =
    names.length === 0 ? 'names no scope' : `names ${unknown.map((name) => JSON.stringify(name)).join(' and ')}`;
  throw new UsageError(`--scope ${fault}; give some of these, separated by spaces: ${SCOPE_NAMES.join(', ')}.`);
}

function checkCompany({ companyId, scopes }: Identity): void {
  if (companyId !== undefined || scopes.some((scope) => SCOPES_WITHOUT_COMPANY.includes(scope))) return;
  throw new UsageError(
    `--company is missing; add --company ID, or one of the scopes ${SCOPES_WITHOUT_COMPANY.join(', ')}.`,
  );
}
