/** A command cannot do what was asked. The message is one sentence with the remedy; it is all that is printed. */
export class CommandError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'CommandError';
  }
}

/** The command line itself is at fault; what is printed ends with a hint to --help. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
