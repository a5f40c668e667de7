import { ServiceError } from '#platform/errors';

/** The bearer token of an Authorization header, or undefined where there is no header. Throws UNAUTHENTICATED for other schemes. */
export function bearerToken(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const match = /^Bearer +(\S+)$/i.exec(header.trim());
  if (match) return match[1];
  throw new ServiceError('UNAUTHENTICATED', 'the Authorization header is not of the form: Bearer TOKEN.');
}
