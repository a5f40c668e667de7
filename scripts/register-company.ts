import { GraphRequestError, type GraphTarget, requestGraph } from './graphql-client.ts';

export interface CompanyToRegister {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
}

const REGISTER = `mutation RegisterCompany($input: RegisterCompanyInput!) {
  registerCompany(input: $input) {
    company { id name timeZone currency }
    userErrors { field message }
  }
}`;

interface Registered {
  registerCompany: { company: CompanyToRegister | null; userErrors: { field: string[] | null; message: string }[] };
}

/** Registers a company, or changes its name and zone, through the gateway. Throws GraphRequestError saying why it was refused. */
export async function registerThroughGateway(
  gateway: GraphTarget,
  input: CompanyToRegister,
): Promise<CompanyToRegister> {
  const { registerCompany } = await requestGraph<Registered>(gateway, REGISTER, { input });
  const faults = registerCompany.userErrors.map(({ field, message }) => `${field?.at(-1)}: ${message}`);
  if (!registerCompany.company) throw new GraphRequestError(faults.join(' '));
  return registerCompany.company;
}
