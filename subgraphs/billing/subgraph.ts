import type { Subgraph } from '#platform/federation';
import { CompanyResolver, resolveCompanyReference } from './companies/company.resolver.ts';
import { CreateCompanies1764000000000 } from './migrations/1764000000000-create-companies.ts';

/** Companies, and what they owe and pay. */
export const billing: Subgraph = {
  name: 'billing',
  schema: 'billing',
  resolvers: [CompanyResolver],
  references: { Company: resolveCompanyReference },
  migrations: [CreateCompanies1764000000000],
};
