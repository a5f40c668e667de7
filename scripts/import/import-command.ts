import { ACCESS_ENVIRONMENT, openAccess } from '../command-line/access.ts';
import { defineCommand } from '../command-line/command.ts';
import { UsageError } from '../command-line/command-error.ts';
import { companyIdOption, serviceUrlOption, timeZoneOption } from '../command-line/option-values.ts';
import { type Progress, showProgress } from '../progress.ts';
import { readCompanyZone } from './company-zone.ts';
import type { Format } from './format.ts';
import { chooseFormat, FORMATS } from './formats.ts';
import { importFile } from './import-file.ts';
import { ImportTally } from './import-tally.ts';
import type { IngestTarget } from './ingest-client.ts';
import { findSource, type SourceFile } from './source-file.ts';

const KB = 1000;
const NOTHING_STORED = 'Nothing was stored, as --atomic keeps all lines or none.\n';
const CUT_OFF =
  'The import was cut off after these lines; the same file can be sent again, and they will be unchanged.\n';

/** npm run import: sends a file of events to the running service. */
export const runImport = defineCommand({
  name: 'import',
  description:
    'Sends a file of events of one kind to the running service, through the same door as POST /ingest/KIND, and prints ' +
    'what became of its lines: the counts of the HTTP answer, and the first 100 rejected lines with their numbers in the ' +
    'file. The exit status is 1 where lines were rejected or anything failed, 0 otherwise. The file is sent in requests of ' +
    'at most 50,000 lines; one that gets lost or finds the service busy is sent again. Sending a file twice changes nothing, ' +
    'so that an import that was cut off is simply started again.',
  positionals: [
    { name: 'KIND', description: 'Kind of the events, such as messages; the service names all that it takes.' },
    { name: 'FILE', description: 'File to send, unpacked on the way where its name ends in .gz; - is standard input.' },
  ],
  options: {
    company: { value: 'ID', required: true, description: 'Number of the company that the events belong to.' },
    format: {
      value: 'FORMAT',
      description: `${FORMATS.map(({ name, description }) => `${name}: ${description}`).join('. ')}.`,
      default: 'csv for files whose name ends in .csv or .csv.gz, ndjson for all others',
    },
    'time-zone': {
      value: 'ZONE',
      description:
        'IANA name of the zone whose clocks wrote the file, for formats with local times; UTC where they wrote UTC.',
      default: "the company's own",
    },
    atomic: {
      description: 'Keeps all lines or none, in a single request of at most 1,000,000 lines and 256 MiB.',
      default: 'the good lines are kept',
    },
    url: { value: 'URL', description: 'Address of the service.', default: 'http://localhost:PORT' },
  },
  environment: ACCESS_ENVIRONMENT,
  examples: {
    'Messages of company 7': 'npm run import -- messages messages.ndjson --company 7',
    'A spreadsheet, all of it or nothing': 'npm run import -- messages march.csv --company 7 --atomic',
    'Calls of an Asterisk whose cdr.conf says usegmtime':
      'npm run import -- calls Master.csv --company 7 --format asterisk-cdr --time-zone UTC',
    'From another program': 'zcat archive.gz | npm run import -- messages - --company 7',
    'To another machine, with a token of its issuer that has the scope ingest:write':
      'STATISTICS_TOKEN=... npm run import -- messages march.csv --company 7 --url https://statistics.example.com',
  },
  async work({ options, positionals, config, terminal }) {
    const [kind = '', file = ''] = positionals;
    const companyId = companyIdOption('--company', options.company);
    const format = chooseFormat(options.format, file, kind);
    const zone = zoneOption(format, options['time-zone']);
    const url = serviceUrlOption('--url', options.url, config);
    const source = await findSource(file, terminal);
    const identity = { subject: 'npm run import', companyId, scope: 'ingest:write' } as const;
    const access = await openAccess(identity, config, terminal);
    const target: IngestTarget = { url, kind, atomic: options.atomic, access, wait: terminal.wait };
    const clocks = format.hasLocalTimes && { timeZone: zone ?? (await readCompanyZone(url, access)) };
    const tally = new ImportTally();
    const progress = showProgress(
      `Importing ${kind}`,
      source.sizeBytes === undefined ? 'lines' : 'KB',
      terminal.stderr,
    );
    try {
      await importFile({ source, format, clocks, target, tally, onProgress: () => tell(progress, source, tally) });
    } catch (error) {
      progress.finish();
      if (tally.received > 0) terminal.stdout.write(`${tally.text()}${CUT_OFF}`);
      throw error;
    }
    progress.finish();
    terminal.stdout.write(tally.text());
    if (tally.rejected === 0) return 0;
    if (options.atomic) terminal.stdout.write(NOTHING_STORED);
    return 1;
  },
});

/** Throws UsageError where a zone is given that nothing would use. */
function zoneOption({ name, hasLocalTimes }: Format, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (hasLocalTimes) return timeZoneOption('--time-zone', text);
  throw new UsageError(
    `--time-zone is for formats with local times, and times of ${name} carry their offset; leave it out.`,
  );
}

/** By bytes of the file, as the number of its lines is not known; of standard input only the lines are known. */
function tell(progress: Progress, { readBytes, sizeBytes }: SourceFile, { received }: ImportTally): void {
  if (sizeBytes === undefined) progress.update(received);
  else progress.update(Math.ceil(readBytes / KB), Math.ceil(sizeBytes / KB));
}
