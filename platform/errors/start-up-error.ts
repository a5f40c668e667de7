/** Something outside the service keeps it from starting. The message is one sentence with the remedy; it is all that is printed. */
export class StartUpError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StartUpError';
  }
}
