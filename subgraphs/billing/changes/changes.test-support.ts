import type { BillingCompany } from '../billing.test-support.ts';

export const PULL = `query($after: String, $first: Int) {
  billingChanges(after: $after, first: $first) {
    edges { cursor node { kind at invoice { id } transaction { id } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

/** A change as a client takes it in. */
export interface PulledChange {
  cursor: string;
  kind: string;
  invoiceId: string | null;
  transactionId: string | null;
}

interface PulledPage {
  changes: PulledChange[];
  hasNextPage: boolean;
  endCursor: string;
}

export async function pull(company: BillingCompany, after: string | null, first: number): Promise<PulledPage> {
  const { data, errors } = await company.ask(PULL, { after, first });
  if (errors) throw new Error(errors[0]?.message);
  const { edges, pageInfo } = data.billingChanges;
  return { changes: edges.map(toPulled), hasNextPage: pageInfo.hasNextPage, endCursor: pageInfo.endCursor };
}

function toPulled({
  cursor,
  node,
}: {
  cursor: string;
  node: Record<string, { id: string } | null> & { kind: string };
}) {
  const idOf = (name: string) => node[name]?.id ?? null;
  return { cursor, kind: node.kind, invoiceId: idOf('invoice'), transactionId: idOf('transaction') };
}

/** Pulls as a partner does, page after page with the last cursor, until `ended` held before a page that was the last one. */
export async function follow(company: BillingCompany, first: number, ended: () => boolean): Promise<PulledChange[]> {
  const taken: PulledChange[] = [];
  let after: string | null = null;
  for (let caughtUp = false; !caughtUp; ) {
    const last = ended();
    const page = await pull(company, after, first);
    taken.push(...page.changes);
    after = page.endCursor;
    caughtUp = last && !page.hasNextPage;
  }
  return taken;
}
