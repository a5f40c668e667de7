import { UsageError } from '../command-line/command-error.ts';
import { asteriskCdr } from './asterisk-cdr-format.ts';
import { csv } from './csv-format.ts';
import type { Format } from './format.ts';
import { ndjson } from './ndjson-format.ts';

/** Every form that a file may have. A new one is a file and an entry here. */
export const FORMATS: readonly Format[] = [ndjson, csv, asteriskCdr];

/**
 * The format of --format, or the one that the file's name says.
 * Throws UsageError for names that are not known and for formats that do not hold this kind.
 */
export function chooseFormat(name: string | undefined, file: string, kind: string): Format {
  if (name === undefined) return /\.csv(\.gz)?$/i.test(file) ? csv : ndjson;
  const known = `give ${FORMATS.map((format) => format.name)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' or ')}`;
  const format = FORMATS.find((one) => one.name === name);
  if (!format) throw new UsageError(`--format ${JSON.stringify(name)} is not known; ${known}.`);
  if (format.kinds && !format.kinds.includes(kind)) {
    throw new UsageError(`--format ${name} holds ${format.kinds.join(' and ')}, not ${kind}; ${known}.`);
  }
  return format;
}
