import { decodeJwt } from 'jose';
import type { Config } from '#platform/config';
import { type Identity, readSigningKey, type Scope, signAccessToken } from '#platform/identity';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** How a command shows the running service that it may do what it does. */
export interface Access {
  /** A token that holds for the next minutes. */
  token(): Promise<string>;
  /** What to mend where the service does not accept the token; a sentence. */
  readonly remedy: string;
}

/** Environment variable with a token to use instead of one that the command signs. */
export const TOKEN_VARIABLE = 'STATISTICS_TOKEN';

/** The lines of a help's environment that go with openAccess. */
export const ACCESS_ENVIRONMENT = {
  [TOKEN_VARIABLE]: 'Token to use; where it is not set, the command signs one with the key in DATA_DIR.',
  DATA_DIR: "The service's data directory, which holds its key. Default: .data.",
  PORT: 'Port of the service on this machine. Default: 4000.',
} as const;

const LIFETIME_SECONDS = 300;

/** The token of STATISTICS_TOKEN, or tokens signed with the key in DATA_DIR. Throws where there is neither. */
export async function openAccess(
  identity: Pick<Identity, 'subject' | 'companyId'> & { scope: Scope },
  config: Config,
  { environment, clock }: Terminal,
): Promise<Access> {
  const { subject, companyId, scope } = identity;
  const given = environment[TOKEN_VARIABLE];
  if (given) {
    checkCompany(given, companyId);
    return {
      token: async () => given,
      remedy: `Set ${TOKEN_VARIABLE} to a token with the scope ${scope} that holds, or unset it.`,
    };
  }
  if (config.AUTH_JWKS_URL) {
    throw new CommandError(
      `tokens come from the issuer of AUTH_JWKS_URL; get one with the scope ${scope} there and set ${TOKEN_VARIABLE} to it.`,
    );
  }
  const key = await readSigningKey(config.DATA_DIR);
  return {
    token: () => signAccessToken(key, { subject, companyId, scopes: [scope] }, LIFETIME_SECONDS, clock),
    remedy: `It was signed with the key in ${config.DATA_DIR}; set DATA_DIR to the data directory of that service.`,
  };
}

/** A token of another company would do the work for that one without a word. What is no JWT is the service's to judge. */
function checkCompany(token: string, companyId: string | undefined): void {
  if (companyId === undefined) return;
  const carried = companyOf(token);
  if (carried === undefined || carried === companyId) return;
  throw new CommandError(
    `${TOKEN_VARIABLE} is a token of company ${carried}, not of ${companyId}; give --company ${carried}, or another token.`,
  );
}

function companyOf(token: string): string | undefined {
  try {
    const claim = decodeJwt(token)['company_id'];
    return claim == null ? undefined : String(claim);
  } catch {
    return undefined;
  }
}
