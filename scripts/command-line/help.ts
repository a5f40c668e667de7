import type { ArgumentDeclaration, OptionTable } from './options.ts';

/** What the help of a command is made of. */
export interface HelpParts {
  readonly name: string;
  /** Sentences that say what the command does. */
  readonly description: string;
  readonly positionals: readonly ArgumentDeclaration[];
  readonly options: OptionTable;
  /** Variables of the environment that the command reads. */
  readonly environment: Readonly<Record<string, string>>;
  /** What to write, by what it does. */
  readonly examples: Readonly<Record<string, string>>;
}

const WIDTH = 100;
const INDENT = '  ';

/** The whole help text of a command. */
export function helpText(parts: HelpParts): string {
  const options = Object.entries(parts.options).map(([name, { value, description, default: fallback }]) => {
    const title = value === undefined ? `--${name}` : `--${name} ${value}`;
    return [title, fallback === undefined ? description : `${description} Default: ${fallback}.`] as const;
  });
  const sections = [
    `Usage: ${usageLine(parts)}\n`,
    `${wrap(parts.description, WIDTH).join('\n')}\n`,
    section(
      'Arguments',
      parts.positionals.map(({ name, description }) => [name, description]),
    ),
    section('Options', [...options, ['-h, --help', 'Prints this text.']]),
    section('Environment', Object.entries(parts.environment)),
    examples(parts.examples),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

function usageLine({ name, positionals, options }: HelpParts): string {
  const required = Object.entries(options).filter((option) => option[1].required);
  const words = [
    ...positionals.map(({ name, repeated }) => (repeated ? `[${name} ...]` : name)),
    ...required.map(([option, { value }]) => `--${option} ${value}`),
    '[options]',
  ];
  return `npm run ${name} -- ${words.join(' ')}`;
}

/** A title, and below it two columns. */
function section(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.flatMap(([name, description]) => {
    const [first = '', ...further] = wrap(description, WIDTH - width - INDENT.length);
    return [`${name.padEnd(width)}${first}`, ...further.map((line) => `${' '.repeat(width)}${line}`)];
  });
  return `${title}\n${lines.map((line) => `${INDENT}${line}\n`).join('')}`;
}

function examples(byMeaning: Readonly<Record<string, string>>): string {
  const lines = Object.entries(byMeaning).map(([meaning, line]) => `${INDENT}# ${meaning}\n${INDENT}${line}\n`);
  return `Examples\n${lines.join('\n')}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
