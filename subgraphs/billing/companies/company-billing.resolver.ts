import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '#platform/graphql';
import { requireCompany } from '#platform/identity';
import { readBalance } from '../ledger/ledger.ts';
import { toBalance } from '../ledger/to-account-transaction.ts';
import { Company } from './company.type.ts';
import {
  Balance,
  BillingReadiness,
  CompanyDetails,
  CompanyDetailsInput,
  UpdateCompanyDetailsPayload,
} from './company-billing.type.ts';
import { missingDetails, readDetails } from './company-details.ts';
import { updateCompanyDetails } from './update-company-details.ts';
import { requireMoneyOf } from './visible-company.ts';

@Resolver(() => Company)
export class CompanyBillingResolver {
  @Authorized('billing:read', 'staff:finance')
  @FieldResolver(() => Balance, { description: 'What it has on its account, from the ledger.' })
  async balance(@Ctx() context: RequestContext, @Root() company: Company): Promise<Balance> {
    requireMoneyOf(context.identity, company.id);
    return toBalance(company, await context.read(company.id, readBalance), context.moment);
  }

  @Authorized('billing:read', 'staff:finance')
  @FieldResolver(() => CompanyDetails, { description: 'What its next invoice will say of it.' })
  async details(@Ctx() context: RequestContext, @Root() company: Company): Promise<CompanyDetails> {
    requireMoneyOf(context.identity, company.id);
    return context.read(company.id, readDetails);
  }

  @Authorized('billing:read', 'staff:finance')
  @FieldResolver(() => BillingReadiness, { description: 'What is still missing before an invoice can be made.' })
  async billingReadiness(@Ctx() context: RequestContext, @Root() company: Company): Promise<BillingReadiness> {
    requireMoneyOf(context.identity, company.id);
    const missingFields = missingDetails(await context.read(company.id, readDetails));
    return { ready: missingFields.length === 0, missingFields };
  }

  @Authorized('billing:write')
  @Mutation(() => UpdateCompanyDetailsPayload, {
    nullable: true,
    description:
      "Changes the details of the token's company. Invoices that are issued already stay as they are; months that waited for " +
      'details are closed once nothing is missing.',
  })
  async updateCompanyDetails(
    @Ctx() context: RequestContext,
    @Arg('input', () => CompanyDetailsInput, { description: 'The details to change.' }) input: CompanyDetailsInput,
  ): Promise<UpdateCompanyDetailsPayload> {
    const id = requireCompany(context.identity);
    const faults = await context.write(id, (transaction) => updateCompanyDetails(transaction, input, context.jobs));
    const userErrors = faults.map(({ field, code, message }) => ({ field: ['input', field], code, message }));
    return { company: faults.length > 0 ? null : await context.company(), userErrors };
  }
}
