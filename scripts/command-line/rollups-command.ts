import { type CompanyId, Database, roleUrl, sql } from '#platform/database';
import {
  type AnyRollup,
  agrees,
  type Comparison,
  compareLevels,
  ROLLUP_CONNECTIONS,
  rebuildLevels,
} from '#platform/rollups';
import { openOwner } from '../running-database.ts';
import { SUBGRAPHS } from '../subgraphs.ts';
import { defineCommand } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { companyIdOption } from './option-values.ts';
import type { Terminal } from './terminal.ts';

/** One subgraph whose facts have levels, with connections of its own role. */
interface Owner {
  readonly name: string;
  readonly rollups: readonly AnyRollup[];
  readonly database: Database;
}

/** How often, and how long apart, to try again where somebody looks after the company's levels just now. */
const TRIES = 150;
const WAIT_MS = 200;

/** npm run rollups: compares the sums that are kept by time with the rows themselves, or makes them anew. */
export const runRollups = defineCommand({
  name: 'rollups',
  description:
    'Sums of large companies are kept by time. `verify` compares all of them with the rows themselves, prints what differs, and ' +
    'ends with status 1 where anything does. `rebuild` makes them anew. Both may run while the service does.',
  positionals: [{ name: 'ACTION', description: 'verify or rebuild.' }],
  options: { company: { value: 'ID', description: 'Only this company.', default: 'all companies' } },
  environment: {
    DATABASE_URL: 'Address of the owner of the database. Default: the embedded server that runs on DATA_DIR.',
    DATABASE_ROLE_SECRET: "Secret of the subgraphs' database roles. Default: the one in DATA_DIR.",
    DATA_DIR: "The service's data directory. Default: .data.",
  },
  examples: {
    'Compare everything': 'npm run rollups -- verify',
    'Make the sums of company 7 anew': 'npm run rollups -- rebuild --company 7',
  },
  async work({ options, positionals: [action = ''], config, terminal }) {
    const perform = { verify, rebuild }[action];
    if (!perform) throw new UsageError(`${JSON.stringify(action)} is no action; give verify or rebuild.`);
    const wanted = options.company === undefined ? undefined : companyIdOption('--company', options.company);
    const { ownerUrl, roleSecret } = await openOwner(config);
    let status = 0;
    for (const { name, schema, rollups = [] } of SUBGRAPHS) {
      if (rollups.length === 0) continue;
      const database = new Database({
        url: roleUrl(ownerUrl, schema, roleSecret),
        applicationName: 'statistics npm run rollups',
        poolSize: ROLLUP_CONNECTIONS,
        connectTimeoutMs: config.DATABASE_TIMEOUT_MS,
      });
      try {
        for (const companyId of await companies(database, wanted)) {
          if (!(await perform({ name, rollups, database }, companyId, terminal))) status = 1;
        }
      } finally {
        await database.close();
      }
    }
    return status;
  },
});

async function companies(database: Database, wanted: CompanyId | undefined): Promise<CompanyId[]> {
  const rows = await database.outsideCompanies<[CompanyId]>(
    'companies.list',
    sql`SELECT company_id FROM billing.companies ORDER BY company_id`,
  );
  const all = rows.map(([companyId]) => companyId);
  if (wanted === undefined) return all;
  if (all.includes(wanted)) return [wanted];
  throw new CommandError(`company ${wanted} is not registered; give the number of one that is.`);
}

/** Compares one company's levels with its rows; whether they agree. */
async function verify(
  { name, rollups, database }: Owner,
  companyId: CompanyId,
  { stdout }: Terminal,
): Promise<boolean> {
  // The same steady view of all rows that building has, and as patient; nothing is written.
  const comparisons = await database.rebuild(companyId, async (transaction) => {
    const found: [string, Comparison][] = [];
    for (const { fact } of rollups) found.push([fact.name, await compareLevels(transaction, fact)]);
    return found;
  });
  for (const [fact, comparison] of comparisons) {
    for (const line of report(comparison)) stdout.write(`${name}, company ${companyId}, ${fact}: ${line}\n`);
  }
  return comparisons.every(([, comparison]) => agrees(comparison));
}

function report(comparison: Comparison): string[] {
  const { state, rowCount, differences, unmarked } = comparison;
  const faults = differences.map(({ level, axis, bucket, cuboid, keys, excess }) => {
    const which = cuboid.map((dimension, index) => `${dimension}=${JSON.stringify(keys[index])}`).join(' ');
    const sums = Object.entries(excess).map(([sum, more]) => `${sum} ${more.startsWith('-') ? '' : '+'}${more}`);
    return `DIFFERS: ${level} ${new Date(bucket).toISOString()} by ${axis}, ${which}: ${sums.join(', ')}`;
  });
  for (const [measure, values] of Object.entries(unmarked)) {
    faults.push(`DIFFERS: ${values} values of ${measure} are in several rows, of which not all are marked`);
  }
  if (state.rowCount !== rowCount) faults.push(`DIFFERS: ${rowCount} rows, of which ${state.rowCount} are counted`);
  if (faults.length > 0) return faults;
  return [
    state.status === 'rolled' ? `${rowCount} rows, and their sums agree` : `${rowCount} rows, without sums by time`,
  ];
}

/** Makes one company's levels anew, where it has some. */
async function rebuild({ name, rollups, database }: Owner, companyId: CompanyId, terminal: Terminal): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await rebuildLevels(database, companyId, rollups)) {
      terminal.stdout.write(`${name}, company ${companyId}: done\n`);
      return true;
    }
    await terminal.wait(WAIT_MS);
  }
  throw new CommandError(`the sums of company ${companyId} are being made by another process; try again later.`);
}
