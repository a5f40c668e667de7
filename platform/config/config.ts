import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CountryCode, isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import { StartUpError } from '#platform/errors';
import { BILLING_SETTINGS } from './billing-settings.ts';
import { FILE_STORE_SETTINGS } from './file-settings.ts';
import { REPORT_SETTINGS } from './report-settings.ts';

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

const SUBGRAPH_URL = /^([a-z][a-z0-9-]*)=(https?:\/\/\S+)$/;

/** `billing=http://billing:4001,messaging-stats=http://...`: addresses by name, without a slash at the end. */
const subgraphUrls = z.string().transform((text, context): ReadonlyMap<string, string> => {
  const urls = new Map<string, string>();
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [, name, address] = SUBGRAPH_URL.exec(part) ?? [];
    if (name && address && URL.canParse(address) && !urls.has(name)) urls.set(name, address.replace(/\/+$/, ''));
    else context.addIssue('must be NAME=http://HOST:PORT of each subgraph once, separated by commas');
  }
  return urls;
});

const country = z.string().refine(isSupportedCountry, {
  error: 'must be the code of a country with telephone numbers by ISO 3166, two capitals such as DE',
}) as z.ZodType<CountryCode, string>;

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
  FILE_LINK_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Links to files are signed with it; the same for the gateway and the subgraphs. Default: made on the first start, in DATA_DIR.',
    ),
  FILE_LINK_SECONDS: whole(1, 604_800).default(900).describe('How long a link to a file works.'),
  PUBLIC_URL: url('https:', 'http:')
    .optional()
    .describe(
      'Address at which clients reach the gateway: links to files begin with it; default: links are paths on the gateway.',
    ),
  PHRASE_MIN_CLIENTS: whole(1, 1000)
    .default(3)
    .describe('A popular phrase of chats is shown once it has occurred with so many different clients.'),
  PHONE_COUNTRY: country
    .optional()
    .describe(
      'Country whose national spelling numbers of calls without + or 00 have, such as DE; default: none is known, and such numbers are only equal to themselves.',
    ),
  MAX_CALL_HOURS: whole(1, 8_760)
    .default(24)
    .describe('How long a call without an end counts as going on, in hours, for the number of calls at once.'),
  ROLLUP_MIN_ROWS: whole(1, 1_000_000_000)
    .default(30_000)
    .describe(
      'From how many messages, or calls, on a company is answered from sums kept by time; below half as many no more.',
    ),
  MESSAGE_RETENTION_DAYS: whole(7, 36_600)
    .optional()
    .describe(
      'Days that messages of companies with such sums are kept one by one; older ones leave their sums only. Default: for ever.',
    ),
  ROLLUP_INTERVAL_MS: milliseconds
    .default(5_000)
    .describe('How long to wait before looking again for sums that have to be brought up to date.'),
  GRAFANA_URL: url('https:', 'http:')
    .optional()
    .describe('Address of a Grafana with the dashboards that statistics link to; default: no links.'),
  GRAPHQL_MAX_BODY_BYTES: count(100_000_000).default(262_144).describe('Longest body of a GraphQL request.'),
  SUBGRAPH_TIMEOUT_MS: milliseconds
    .default(20_000)
    .describe('Longest wait of the gateway for one answer of a subgraph.'),
  SUBGRAPH_INGEST_TIMEOUT_MS: milliseconds
    .default(600_000)
    .describe('Longest silence of a subgraph of its own process while it takes in events.'),
  SUBGRAPH_URLS: subgraphUrls
    .optional()
    .describe(
      "The subgraphs' addresses for a gateway of its own process: billing=http://HOST:PORT, and so on, by commas.",
    ),
  SUBGRAPH_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that a subgraph of its own process listens on; only the gateway has to reach it.'),
  SUBGRAPH_PORT: port.default(4001).describe('Port of a subgraph of its own process.'),
  SUBGRAPH_DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe(
      "Address with the role of a subgraph of its own process; default: DATABASE_URL's server and DATABASE_ROLE_SECRET.",
    ),
  INTERNAL_SIGNING_KEY: z
    .string()
    .optional()
    .describe('Key with which a gateway of its own process shows itself to the subgraphs: npm run internal-key.'),
  INTERNAL_PUBLIC_KEY: z
    .string()
    .optional()
    .describe('The other half, by which a subgraph of its own process knows the gateway.'),
  GATEWAY_URL: url('http:', 'https:')
    .optional()
    .describe('Address at which the jobs of a subgraph of its own process ask the gateway.'),
  JOB_SIGNING_KEY: z
    .string()
    .optional()
    .describe('Key with which the jobs of such a subgraph show themselves to the gateway, as internal-key makes it.'),
  JOB_PUBLIC_KEY: z
    .string()
    .optional()
    .describe('The other half, by which a gateway of its own process knows jobs; without it none are let in.'),
  ...FILE_STORE_SETTINGS,
  ...BILLING_SETTINGS,
  ...REPORT_SETTINGS,
} as const;

export type SettingName = keyof typeof SETTINGS;

type Settings = Readonly<z.infer<z.ZodObject<typeof SETTINGS>>>;

/** All settings, for a process that holds the whole service. */
export type Config = Settings;

/** Which settings a process reads, and which of them it cannot do without. */
export interface ConfigModel<Reads extends SettingName, Needs extends Reads> {
  /** Who reads them, for the message about one that is missing: 'the gateway'. */
  readonly reader: string;
  readonly reads: readonly Reads[];
  readonly needs: readonly Needs[];
}

/** The settings of one model; those that it needs are there. */
export type ConfigOf<Model> =
  Model extends ConfigModel<infer Reads, infer Needs>
    ? Pick<Settings, Exclude<Reads, Needs>> & { readonly [Name in Needs]: NonNullable<Settings[Name]> }
    : never;

const EVERYTHING = {
  reader: 'the service',
  reads: Object.keys(SETTINGS) as SettingName[],
  needs: [],
} satisfies ConfigModel<SettingName, never>;

/** The environment of this process, completed by a file .env in the working directory; what is set already stands. */
export function processEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** Reads all settings from an environment; an empty value counts as none. Throws StartUpError naming all faults at once. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  return readConfigOf(EVERYTHING, environment);
}

/** Reads the settings of one kind of process, in the same way. DATA_DIR comes out absolute. */
export function readConfigOf<const Reads extends SettingName, const Needs extends Reads>(
  model: ConfigModel<Reads, Needs>,
  environment: Readonly<Record<string, string | undefined>>,
): ConfigOf<ConfigModel<Reads, Needs>> {
  const set: Record<string, string> = {};
  for (const name of model.reads) if (environment[name]) set[name] = environment[name];
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const name of model.reads) {
    const result = SETTINGS[name].safeParse(set[name]);
    if (result.success) values[name] = result.data;
    else for (const { message } of result.error.issues) faults.push(`${name}: ${message} (it is ${shown(name, set)})`);
  }
  for (const [name, reason] of missing(model, set)) faults.push(`${name}: is needed ${reason} (it is not set)`);
  if (faults.length > 0) {
    throw new StartUpError(
      `the configuration does not hold; correct it in the environment or in .env. ${faults.join('. ')}.`,
    );
  }
  if (typeof values['DATA_DIR'] === 'string') values['DATA_DIR'] = resolve(values['DATA_DIR']);
  return values as ConfigOf<ConfigModel<Reads, Needs>>;
}

/** Settings that have to be there and are not, with the reason. */
function missing(
  { reader, needs }: ConfigModel<SettingName, SettingName>,
  set: Readonly<Record<string, string>>,
): [SettingName, string][] {
  const all = needs.map((name): [SettingName, string] => [name, `by ${reader}`]);
  if (set['AUTH_JWKS_URL']) {
    all.push(['AUTH_ISSUER', 'with AUTH_JWKS_URL'], ['AUTH_AUDIENCE', 'with AUTH_JWKS_URL']);
  }
  if (set['S3_ACCESS_KEY_ID']) all.push(['S3_SECRET_ACCESS_KEY', 'with S3_ACCESS_KEY_ID']);
  if (set['S3_SECRET_ACCESS_KEY']) all.push(['S3_ACCESS_KEY_ID', 'with S3_SECRET_ACCESS_KEY']);
  return all.filter(([name]) => !set[name]);
}

function shown(name: string, set: Readonly<Record<string, string>>): string {
  const value = set[name];
  if (value === undefined) return 'not set';
  return /SECRET|URL|KEY/.test(name) ? 'not shown' : JSON.stringify(value);
}
