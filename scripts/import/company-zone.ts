import type { Access } from '../command-line/access.ts';
import { CommandError } from '../command-line/command-error.ts';
import { failureCode, unreachable } from '../command-line/unreachable.ts';
import { GraphRequestError, requestGraph } from '../graphql-client.ts';

/** The zone of the company that a token is of, as the running service knows it. Throws CommandError where it does not say. */
export async function readCompanyZone(url: string, access: Access): Promise<string> {
  try {
    const target = { url, token: await access.token() };
    const { company } = await requestGraph<{ company: { timeZone: string } }>(target, '{ company { timeZone } }', {});
    return company.timeZone;
  } catch (error) {
    if (error instanceof GraphRequestError) {
      const isToken = error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN';
      throw new CommandError(isToken ? `${error.message} ${access.remedy}` : error.message, { cause: error });
    }
    throw failureCode(error) ? unreachable(url, error) : error;
  }
}
