import type { Config } from '#platform/config';
import { createRandom } from '../../demo/random.ts';
import { statusOf } from '../../subgraphs/billing/invoices/invoice.row.ts';
import { type InvoiceSnapshot, supplierOf } from '../../subgraphs/billing/invoices/invoice-snapshot.ts';
import { revisedTotals, topUpTotals } from '../../subgraphs/billing/invoices/invoice-totals.ts';
import { BENCH_YEAR } from './message-events.ts';

/** A top-up as it was issued, and what became of it. Amounts are millionths, instants epoch milliseconds. */
export interface ManyInvoice {
  readonly id: string;
  readonly issued: InvoiceSnapshot;
  /** What a revision says; null where nobody revised it. */
  readonly revised: InvoiceSnapshot | null;
  /** Payable now. */
  readonly amountMicros: bigint;
  readonly paidMicros: bigint;
  readonly status: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

const SEED = 3;
const CENT = 10_000n;
const DAY_MS = 86_400_000;
const REVISED_SHARE = 0.1;
/** Of what is paid, in tenths of the amount. */
const PAID_TENTHS = [0, 0, 3, 10, 10];
const BUYER = {
  ...{ name: 'Partner Company', taxId: '7701234567', country: 'RU', city: 'Moscow', street: '1 Street' },
  ...{ postalCode: '101000', bankName: 'Bank', bankAccount: '40702810000000000001' },
};

/**
 * So many invoices of one company in the order of their creation, spread over a year; of ten, two are of the same moment and one is
 * revised. Ids come in no order. Always the same ones.
 */
export function* manyInvoices(count: number, config: Config): Generator<ManyInvoice> {
  const random = createRandom(SEED);
  const step = Math.floor((BENCH_YEAR.to - BENCH_YEAR.from - DAY_MS) / count);
  for (let index = 0; index < count; index += 1) {
    const place = index % 10 === 9 ? index - 1 : index;
    const createdAt = BENCH_YEAR.from + place * step;
    const cents = BigInt(random.between(100, 1_000_000));
    const issued = issuedAs(index + 1, createdAt, cents * CENT, config);
    const revised = random.chance(REVISED_SHARE) ? revisedAs(issued, (cents / 2n) * CENT, createdAt + DAY_MS) : null;
    const amountMicros = BigInt((revised ?? issued).amountMicros);
    const paidMicros = ((amountMicros / CENT) * BigInt(random.pick(PAID_TENTHS)) * CENT) / 10n;
    yield {
      id: idOf([0, 1, 2, 3].map(() => random.between(0, 2 ** 32))),
      issued,
      revised,
      amountMicros,
      paidMicros,
      status: statusOf(amountMicros, paidMicros),
      createdAt,
      updatedAt: revised || paidMicros > 0n ? createdAt + DAY_MS : createdAt,
    };
  }
}

function issuedAs(sequence: number, createdAt: number, micros: bigint, config: Config): InvoiceSnapshot {
  return {
    kind: 'TOP_UP',
    number: `P-${String(sequence).padStart(6, '0')}`,
    createdAt,
    createdOn: dayOf(createdAt),
    currency: 'EUR',
    supplier: supplierOf(config),
    buyer: BUYER,
    taxRate: config.TAX_RATE,
    revision: null,
    period: null,
    usage: [],
    ...topUpTotals(micros, config.TAX_RATE, 'EUR'),
  };
}

function revisedAs(issued: InvoiceSnapshot, micros: bigint, revisedAt: number): InvoiceSnapshot {
  const note = { statedMicros: '0', comment: null, revisedAt, revisedOn: dayOf(revisedAt) };
  return { ...issued, revision: { number: 1, reason: 'OTHER', ...note }, ...revisedTotals(issued, micros) };
}

/** 32 hexadecimal digits. */
function idOf(parts: readonly number[]): string {
  return parts.map((part) => part.toString(16).padStart(8, '0')).join('');
}

const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
