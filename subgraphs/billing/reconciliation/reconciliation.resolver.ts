import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type RequestContext, UsageLine } from '#platform/graphql';
import { Invoice } from '../invoices/invoice.type.ts';
import type { UsageSnapshot } from '../invoices/invoice-snapshot.ts';
import { toMoney } from '../ledger/to-account-transaction.ts';
import { presentUsageLoader } from './present-usage.ts';
import { reconcile } from './reconcile.ts';
import { ReconciliationLine } from './reconciliation.type.ts';

@Resolver(() => Invoice)
export class ReconciliationResolver {
  @FieldResolver(() => [ReconciliationLine], {
    nullable: true,
    description:
      'What was billed beside what the statistics say now, service by service; null for a top-up. Asks the statistics: at most 24 ' +
      'invoices a request.',
  })
  async reconciliation(
    @Ctx() context: RequestContext,
    @Root() { company, issued }: Invoice,
  ): Promise<ReconciliationLine[] | null> {
    if (!issued.period) return null;
    const { from, to } = issued.period;
    const present = await context.once(presentUsageLoader).load({ companyId: company.id, from, to });
    return reconcile(issued.usage, present).map(({ service, billed, present: now, differenceMicros }) => ({
      service,
      billed: toUsageLine(billed, company.currency),
      present: toUsageLine(now, company.currency),
      difference: toMoney(differenceMicros, company.currency),
    }));
  }
}

function toUsageLine({ amountMicros, ...usage }: UsageSnapshot, currency: string): UsageLine {
  return Object.assign(new UsageLine(), { ...usage, amount: toMoney(amountMicros, currency) });
}
