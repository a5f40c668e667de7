import { ServiceError } from '#platform/errors';
import type { Identity } from '#platform/identity';

/** A member of staff as the token names them at the moment of the act. */
export interface StaffMember {
  fullName: string;
  email: string;
}

/** Who acts. Throws FORBIDDEN where the token does not say: what is shown to the company needs a name and an address. */
export function requireStaffMember({ name, email }: Identity): StaffMember {
  if (name && email) return { fullName: name, email };
  throw new ServiceError(
    'FORBIDDEN',
    'this token does not say who acts; use a token of a member of staff that carries name and email.',
  );
}

/** Who acts, as far as the token says: programs that act for staff have a subject only. */
export function staffMemberOf({ subject, name, email }: Identity): StaffMember {
  return { fullName: name ?? subject, email: email ?? '' };
}
