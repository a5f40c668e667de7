import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { readCompany } from '#platform/companies';
import { type RequestContext, requireVisibleCompany } from '#platform/graphql';
import { requireCompany } from '#platform/identity';
import { staffMemberOf } from '../staff/staff-member.ts';
import { Company, RegisterCompanyInput, RegisterCompanyPayload } from './company.type.ts';
import { registerCompany } from './register-company.ts';

@Resolver()
export class CompanyResolver {
  @Query(() => Company, {
    nullable: true,
    description: 'The company of the token; staff may name another. Any valid token may ask.',
  })
  async company(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { nullable: true, description: "Default: the token's company." }) id?: string | null,
  ): Promise<Company> {
    return findCompany(context, id ?? requireCompany(context.identity));
  }

  @Authorized('staff:platform')
  @Mutation(() => RegisterCompanyPayload, {
    nullable: true,
    description:
      'Platform staff only. Registers a company or changes its name and time zone; its currency never changes.',
  })
  async registerCompany(
    @Ctx() { database, config, clock, identity }: RequestContext,
    @Arg('input', () => RegisterCompanyInput, { description: 'The company.' }) input: RegisterCompanyInput,
  ): Promise<RegisterCompanyPayload> {
    const { company, faults } = await registerCompany(database, input, staffMemberOf(identity), {
      config,
      now: clock.now(),
    });
    const userErrors = faults.map(({ field, code, message }) => ({ field: ['input', field], code, message }));
    return { company, userErrors };
  }
}

/** Resolves a company that another subgraph refers to. */
export function resolveCompanyReference({ id }: { id: string }, context: RequestContext): Promise<Company> {
  return findCompany(context, id);
}

/** A company that the caller may see. */
async function findCompany(context: RequestContext, id: string): Promise<Company> {
  const number = requireVisibleCompany(context.identity, id);
  return number === context.identity.companyId ? context.company() : context.database.read(number, readCompany);
}
