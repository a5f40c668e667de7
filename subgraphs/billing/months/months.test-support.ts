import type { TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, tokenOf } from '../billing.test-support.ts';

const CLOSE_MONTH = `mutation($input: CloseMonthInput!) {
  closeMonth(input: $input) { queued invoiced notOver afterCompanyId userErrors { field code message } }
}`;

const MONTH_CLOSES = `query($month: LocalDate!, $statuses: [MonthCloseStatus!], $first: Int, $after: String) {
  monthCloses(month: $month, statuses: $statuses, first: $first, after: $after) {
    nodes { company { id name } month status missingFields invoice { number } } totalCount pageInfo { hasNextPage endCursor }
  }
}`;

export const MONTHLY = `query($month: LocalDate!) {
  invoices(filter: { kinds: [MONTHLY], period: { dates: { startDate: $month, endDate: $month } } }) { totalCount nodes {
    id number status fileName amount { amount } net { amount } tax { amount } rounding { amount } periodStart periodEnd createdAt
    lines { service description unit quantity unitPrice amount { amount } taxRate tax { amount } }
    transactions { type date refill { amount } base balanceAfter { amount } invoice { number } }
  } }
}`;

/** Has finance staff close a month. */
export async function closeMonth(service: TestService, input: Record<string, unknown>) {
  const { data, errors } = await service.graph(await tokenOf(service, 'staff:finance'), CLOSE_MONTH, { input });
  expect(errors).toBeUndefined();
  return data.closeMonth;
}

/** How a month closed, as finance staff sees it. */
export async function monthCloses(service: TestService, variables: Record<string, unknown>) {
  const { data, errors } = await service.graph(await tokenOf(service, 'staff:finance'), MONTH_CLOSES, variables);
  expect(errors).toBeUndefined();
  return data.monthCloses;
}

/** How a month of one company closed; undefined where nobody has begun to close it. */
export async function closeOf(service: TestService, company: BillingCompany, month: string) {
  const { nodes } = await monthCloses(service, { month, first: 1000 });
  return nodes.find((node: { company: { id: string } }) => node.company.id === company.id);
}

/** The MONTHLY invoices of a month. */
export async function monthlyOf(company: BillingCompany, month: string) {
  const { data, errors } = await company.ask(MONTHLY, { month });
  expect(errors).toBeUndefined();
  return data.invoices.nodes;
}

/** A line of an SMS that was sent at a moment. */
export function sms(id: string, at: string, price: string | null = '0.05', smsParts = 1): object {
  return { id, channel: 'SMS', status: 'DELIVERED', createdAt: at, sentAt: at, statusAt: at, smsParts, price };
}
