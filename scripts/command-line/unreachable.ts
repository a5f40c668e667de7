import { CommandError } from './command-error.ts';

/** Codes of the system, of TLS, of the HTTP parser and of fetch. */
const CONNECTION_FAILURE =
  /^(E[A-Z]+|HPE_.*|UND_ERR_.*|ERR_(TLS|SSL)_.*|ERR_STREAM_PREMATURE_CLOSE|.*CERT.*|UNABLE_TO_.*)$/;

/** Nothing answers at the address: the sentence that names it and the remedy. */
export function unreachable(url: string, error: unknown): CommandError {
  const code = failureCode(error) ?? (error as Error).message;
  return new CommandError(
    `no statistics service answers at ${url} (${code}); start it with npm start, or name its address with --url.`,
    { cause: error },
  );
}

/** The code of a connection that failed (ECONNREFUSED), or undefined where the error is of another kind. */
export function failureCode(error: unknown): string | undefined {
  if (error instanceof CommandError) return undefined;
  // fetch hides it in its cause.
  for (let at = error; typeof at === 'object' && at !== null; at = (at as Error).cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string' && CONNECTION_FAILURE.test(code)) return code;
  }
  return undefined;
}
