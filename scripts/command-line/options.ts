import { parseArgs } from 'node:util';
import { UsageError } from './command-error.ts';

/** One option of a command: `--name VALUE`, or `--name` alone where it takes no value. */
export interface OptionDeclaration {
  /** What stands for the value in the help, such as `ID`. Missing: the option takes none. */
  readonly value?: string;
  readonly description: string;
  readonly required?: boolean;
  /** What holds where the option is left out, in words. */
  readonly default?: string;
}

export type OptionTable = Readonly<Record<string, OptionDeclaration>>;

/** One argument without a name. */
export interface ArgumentDeclaration {
  readonly name: string;
  readonly description: string;
  /** May be given any number of times, and left out; of the last one only. All others are required. */
  readonly repeated?: boolean;
}

/** Values of the options by name: texts as they were given, true or false for options without a value. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { value: string }
    ? Table[Name] extends { required: true }
      ? string
      : string | undefined
    : boolean;
};

type Token = NonNullable<ReturnType<typeof tokenize>>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Whether the help is asked for, whatever else is there. */
export function asksForHelp(table: OptionTable, argv: readonly string[]): boolean {
  return tokenize(table, argv).some((token) => token.kind === 'option' && token.name === 'help');
}

/** Reads a command line. Throws UsageError for the first thing that does not hold. */
export function readCommandLine<Table extends OptionTable>(
  table: Table,
  declared: readonly ArgumentDeclaration[],
  argv: readonly string[],
): { options: OptionValues<Table>; positionals: string[] } {
  const values = new Map<string, string | true>();
  const positionals: string[] = [];
  for (const token of tokenize(table, argv)) {
    if (token.kind === 'positional') positionals.push(token.value);
    else if (token.kind === 'option') values.set(token.name, optionValue(table, token, values));
  }
  checkPositionals(declared, positionals);
  checkRequired(table, values);
  const options = Object.entries(table).map(([name, { value }]) => {
    return [name, values.get(name) ?? (value === undefined ? false : undefined)];
  });
  return { options: Object.fromEntries(options), positionals };
}

function tokenize(table: OptionTable, argv: readonly string[]) {
  const declared = Object.entries(table).map(([name, { value }]) => {
    return [name, { type: value === undefined ? ('boolean' as const) : ('string' as const) }] as const;
  });
  const options = { ...Object.fromEntries(declared), help: { type: 'boolean' as const, short: 'h' } };
  // Not strict: its refusals are many sentences, and name no remedy.
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function optionValue(table: OptionTable, token: OptionToken, seen: ReadonlyMap<string, unknown>): string | true {
  const { name, rawName, value, inlineValue } = token;
  const declaration = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!declaration) {
    const known = Object.keys(table).map((option) => `--${option}`);
    throw new UsageError(`${rawName} is not an option; the options are ${known.join(', ')} and --help.`);
  }
  if (seen.has(name)) throw new UsageError(`${rawName} is given twice; give it once.`);
  if (declaration.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value; leave out ${JSON.stringify(value)}.`);
    return true;
  }
  // What looks like the next option is one, unless it is written --name=--value.
  if (!value || (!inlineValue && value.startsWith('--'))) {
    throw new UsageError(`${rawName} has no value; write ${rawName} ${declaration.value}.`);
  }
  return value;
}

function checkPositionals(declared: readonly ArgumentDeclaration[], given: readonly string[]): void {
  const missing = declared[given.length];
  if (missing && !missing.repeated) throw new UsageError(`${missing.name} is missing; ${missing.description}`);
  if (declared.at(-1)?.repeated) return;
  const extra = given[declared.length];
  if (extra === undefined) return;
  const expected = declared.length === 0 ? 'nothing but options' : declared.map(({ name }) => name).join(' and ');
  throw new UsageError(
    `${JSON.stringify(extra)} is one argument too many; give ${expected}, and put quotes around spaces.`,
  );
}

function checkRequired(table: OptionTable, values: ReadonlyMap<string, unknown>): void {
  const missing = Object.entries(table).filter(([name, { required }]) => required && !values.has(name));
  if (missing.length === 0) return;
  const names = missing.map(([name, { value }]) => `--${name} ${value}`);
  throw new UsageError(
    `${names.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing; add ${missing.length === 1 ? 'it' : 'them'}.`,
  );
}
