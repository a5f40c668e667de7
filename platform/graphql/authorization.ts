import type { AuthCheckerFn } from 'type-graphql';
import { requireScope, type Scope } from '#platform/identity';
import type { RequestContext } from './request-context.ts';

/**
 * Lets a field marked @Authorized('scope', ...) through where the token carries one of the scopes; else FORBIDDEN names them.
 * An arrow function, as type-graphql takes whatever has a prototype for a class.
 */
export const checkScopes: AuthCheckerFn<RequestContext, Scope> = ({ context }, scopes) => {
  const [first, ...others] = scopes;
  if (first) requireScope(context.identity, first, ...others);
  return true;
};
