import { type Config, readConfig } from '#platform/config';
import { StartUpError } from '#platform/errors';
import { CommandError, UsageError } from './command-error.ts';
import { type HelpParts, helpText } from './help.ts';
import { asksForHelp, type OptionTable, type OptionValues, readCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/** A command line that was read, and the configuration that it runs with. */
export interface Invocation<Options extends OptionTable> {
  readonly options: OptionValues<Options>;
  readonly positionals: readonly string[];
  readonly config: Config;
  readonly terminal: Terminal;
}

/** A command as `npm run NAME` starts it: its help, and its work. */
export interface Command<Options extends OptionTable> extends HelpParts {
  readonly options: Options;
  /** Does the work and gives the exit status. Throws CommandError or StartUpError where it cannot. */
  work(invocation: Invocation<Options>): Promise<number>;
}

/**
 * Makes the function that runs a command: it prints the help, or does the work, and turns what the caller can mend into
 * one sentence on standard error. It gives the exit status and throws nothing.
 */
export function defineCommand<const Options extends OptionTable>(command: Command<Options>) {
  return async (argv: readonly string[], terminal: Terminal): Promise<number> => {
    try {
      if (asksForHelp(command.options, argv)) {
        terminal.stdout.write(helpText(command));
        return 0;
      }
      const { options, positionals } = readCommandLine(command.options, command.positionals, argv);
      return await command.work({ options, positionals, config: readConfig(terminal.environment), terminal });
    } catch (error) {
      terminal.stderr.write(`${command.name}: ${shown(error)}\n`);
      if (error instanceof UsageError) terminal.stderr.write(`All options: npm run ${command.name} -- --help\n`);
      return 1;
    }
  };
}

/** The sentence of an error that the caller can mend; the whole of one that is a fault of the command. */
function shown(error: unknown): string {
  if (error instanceof CommandError || error instanceof StartUpError) return error.message;
  return (error as Error | undefined)?.stack ?? String(error);
}
