import type { InvoiceSnapshot, UsageSnapshot } from '../invoices/invoice-snapshot.ts';
import { monthTotals, revisedTotals, topUpTotals } from '../invoices/invoice-totals.ts';

const USAGE: UsageSnapshot[] = [
  { service: 'SMS', unit: 'part', quantity: '12345', amountMicros: '432075000', unpriced: 2 },
  { service: 'VIBER', unit: 'message', quantity: '800', amountMicros: '20004999', unpriced: 0 },
  { service: 'CHATS', unit: 'message', quantity: '3', amountMicros: '30000', unpriced: 0 },
  { service: 'CALLS', unit: 'minute', quantity: '17.05', amountMicros: '1705000', unpriced: 0 },
  { service: 'PUSH', unit: 'message', quantity: '1', amountMicros: '0', unpriced: 1 },
];

const FRAME: Omit<InvoiceSnapshot, 'lines' | 'netMicros' | 'taxMicros' | 'roundingMicros' | 'amountMicros'> = {
  kind: 'TOP_UP',
  number: 'T-2026-000001',
  createdAt: Date.UTC(2026, 2, 15, 12),
  createdOn: '2026-03-15',
  period: null,
  currency: 'EUR',
  supplier: {
    name: 'Example Communications Ltd',
    taxId: 'LV40003000000',
    street: '1 Example Street',
    city: 'Riga',
    postalCode: 'LV-1010',
    country: 'LV',
    bankName: 'Example Bank',
    bankAccount: 'LV00EXAM0000000000000',
  },
  buyer: {
    name: 'ООО «Ромашка & Ко» <Москва>',
    taxId: '7701234567',
    street: 'ул. Ленина, 1',
    city: 'Москва',
    postalCode: '101000',
    country: 'RU',
    bankName: 'Банк',
    bankAccount: '40702810000000000001',
  },
  taxRate: '0.2',
  usage: [],
  revision: null,
};

/** A top-up of an amount in millionths. */
export function topUp(grossMicros: bigint, changes: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot {
  const frame = { ...FRAME, ...changes };
  return { ...frame, ...topUpTotals(grossMicros, frame.taxRate, frame.currency) };
}

/** The invoice of a month in which five services were used. */
export function monthly(changes: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot {
  const period = {
    start: '2026-02-01',
    end: '2026-02-28',
    from: Date.UTC(2026, 0, 31, 21),
    to: Date.UTC(2026, 1, 28, 21),
  };
  const frame = { ...FRAME, kind: 'MONTHLY' as const, number: 'M-2026-000007', period, usage: USAGE, ...changes };
  return { ...frame, ...monthTotals(frame.usage, frame.taxRate, frame.currency) };
}

/** A revision of an invoice; amounts in millionths. */
export function revised(issued: InvoiceSnapshot, amountMicros: bigint, statedMicros = 0n): InvoiceSnapshot {
  const revision = {
    number: 2,
    reason: 'PREPAYMENT' as const,
    revisedAt: Date.UTC(2026, 2, 20, 12),
    revisedOn: '2026-03-20',
    statedMicros: String(statedMicros),
    comment: 'Часть месяца оплачена раньше; согласовано с бухгалтерией.\nSee our letter of 18 March.',
  };
  return { ...issued, ...revisedTotals(issued, amountMicros), revision };
}
