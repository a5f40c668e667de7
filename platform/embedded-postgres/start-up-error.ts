/** The service cannot start on this machine as it is: one sentence for the operator, what is wrong and its remedy. */
export class StartUpError extends Error {
  override readonly name = 'StartUpError';
}
