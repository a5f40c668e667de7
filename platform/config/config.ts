import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { StartUpError } from '#platform/errors';

const whole = (least: number, greatest: number) => {
  const error = `must be a whole number from ${least} to ${greatest}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(greatest, { error });
};
const port = whole(0, 65_535);
const milliseconds = whole(1, 3_600_000);
const count = (max: number) => whole(1, max);
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

/** Every setting of the service: its meaning, its form and its default. Names are those of the environment. */
export const SETTINGS = {
  PORT: port.default(4000).describe('Port of the gateway.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address that the gateway listens on; 0.0.0.0 for all.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Directory of the embedded database, the signing key and other things to keep.'),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe(
      'Address of an owner on a PostgreSQL server of your own, 16 or later; default: an embedded server in DATA_DIR.',
    ),
  DATABASE_ROLE_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe(
      "Passwords of the subgraphs' database roles are derived from it; default: made on the first start, in DATA_DIR.",
    ),
  DATABASE_POOL_SIZE: count(100).default(8).describe('Most connections to the database of one subgraph.'),
  DATABASE_TIMEOUT_MS: milliseconds
    .default(15_000)
    .describe('Longest run of one statement; keep it below SUBGRAPH_TIMEOUT_MS, so that the database ends first.'),
  DEMO_DATA: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Load three months of data of demo company 1 on the first start.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('warn')
    .describe('Least severity that is logged.'),
  AUTH_JWKS_URL: url('https:', 'http:')
    .optional()
    .describe("Where the token issuer publishes its keys; default: the service's own key in DATA_DIR."),
  AUTH_ISSUER: z.string().min(1).optional().describe('Issuer that tokens must name; needed with AUTH_JWKS_URL.'),
  AUTH_AUDIENCE: z.string().min(1).optional().describe('Audience that tokens must name; needed with AUTH_JWKS_URL.'),
  INGEST_MAX_REQUESTS: count(1000)
    .default(16)
    .describe('Most ingest requests under way; further ones are answered with 503.'),
  INGEST_IDLE_TIMEOUT_MS: milliseconds
    .default(60_000)
    .describe('Longest silence of a sender in the middle of an ingest request.'),
  FILE_LINK_SECONDS: whole(1, 604_800).default(900).describe('How long a link to a file works.'),
  PUBLIC_URL: url('https:', 'http:')
    .optional()
    .describe(
      'Address at which clients reach the gateway: links to files begin with it; default: links are paths on the gateway.',
    ),
  REPORT_MAX_DAYS: whole(1, 3_660).default(366).describe('Longest period of one report, in local days.'),
  GRAPHQL_MAX_BODY_BYTES: count(100_000_000).default(262_144).describe('Longest body of a GraphQL request.'),
  SUBGRAPH_TIMEOUT_MS: milliseconds
    .default(20_000)
    .describe('Longest wait of the gateway for one answer of a subgraph.'),
} as const;

const schema = z.object(SETTINGS).superRefine((settings, context) => {
  if (!settings.AUTH_JWKS_URL) return;
  for (const name of ['AUTH_ISSUER', 'AUTH_AUDIENCE'] as const) {
    if (!settings[name]) context.addIssue({ code: 'custom', path: [name], message: 'is needed with AUTH_JWKS_URL' });
  }
});

export type Config = Readonly<z.infer<typeof schema>>;

/** The environment of this process, completed by a file .env in the working directory; what is set already stands. */
export function processEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/**
 * Reads the settings from an environment; an empty value counts as none. Throws StartUpError naming all faults at once.
 * DATA_DIR comes out absolute.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(set);
  if (result.success) return { ...result.data, DATA_DIR: resolve(result.data.DATA_DIR) };
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message} (it is ${shown(set, path)})`,
  );
  throw new StartUpError(
    `the configuration does not hold; correct it in the environment or in .env. ${faults.join('. ')}.`,
  );
}

function shown(set: Record<string, string | undefined>, path: PropertyKey[]): string {
  const name = String(path[0]);
  const value = set[name];
  if (value === undefined) return 'not set';
  return /SECRET|URL/.test(name) ? 'not shown' : JSON.stringify(value);
}
