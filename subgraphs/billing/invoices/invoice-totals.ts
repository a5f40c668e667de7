import {
  divideHalfUp,
  formatMicros,
  MICROS_PER_UNIT,
  microsPerMinorUnit,
  parseRate,
  splitGross,
} from '#platform/money';
import type { InvoiceSnapshot, LineSnapshot, TotalsSnapshot, UsageSnapshot } from './invoice-snapshot.ts';
import { spreadTax } from './spread-tax.ts';

/** A line before its share of the tax is known. */
type NetLine = Omit<LineSnapshot, 'taxMicros'>;
type LinesAndTotals = TotalsSnapshot & { lines: LineSnapshot[] };

const SERVICE_LINES: Readonly<Record<UsageSnapshot['service'], string>> = {
  SMS: 'SMS messages',
  VIBER: 'Viber messages',
  EMAIL: 'E-mail messages',
  WHATSAPP: 'WhatsApp messages',
  PUSH: 'Push notifications',
  CHATS: 'Chat messages',
  CALLS: 'Answered calls',
};

/** Lines and totals of a top-up: one line. The amount that is given includes tax. */
export function topUpTotals(grossMicros: bigint, taxRate: string, currency: string): LinesAndTotals {
  const { net, tax, rounding } = splitGross(grossMicros, parseRate(taxRate), currency);
  const line: NetLine = {
    service: null,
    description: 'Balance top-up',
    unit: 'payment',
    quantity: '1',
    unitPrice: formatMicros(net),
    netMicros: String(net),
  };
  return { lines: withTax([line], tax, currency, taxRate), ...totals(net, tax, rounding) };
}

/** Lines and totals of a month: a line a service, net and rounded half-up; tax on their sum, rounded half-up once. */
export function monthTotals(usage: readonly UsageSnapshot[], taxRate: string, currency: string): LinesAndTotals {
  const lines = usage.map((used) => usageLine(used, currency));
  const net = lines.reduce((sum, { netMicros }) => sum + BigInt(netMicros), 0n);
  const unit = microsPerMinorUnit(currency);
  const tax = divideHalfUp(net * parseRate(taxRate), MICROS_PER_UNIT * unit) * unit;
  return { lines: withTax(lines, tax, currency, taxRate), ...totals(net, tax, 0n) };
}

/** Lines and totals of a revised document: the lines as issued, and one with the difference to the amount that is payable now. */
export function revisedTotals(issued: InvoiceSnapshot, grossMicros: bigint): LinesAndTotals {
  const { taxRate, currency } = issued;
  const { net, tax, rounding } = splitGross(grossMicros, parseRate(taxRate), currency);
  const difference = net - BigInt(issued.netMicros);
  const adjustment: NetLine = {
    service: null,
    description: 'Adjustment',
    unit: 'adjustment',
    quantity: '1',
    unitPrice: formatMicros(difference),
    netMicros: String(difference),
  };
  const lines = difference === 0n ? issued.lines : [...issued.lines, adjustment];
  return { lines: withTax(lines, tax, currency, taxRate), ...totals(net, tax, rounding) };
}

function usageLine({ service, unit, quantity, amountMicros }: UsageSnapshot, currency: string): NetLine {
  const minorUnit = microsPerMinorUnit(currency);
  const net = divideHalfUp(BigInt(amountMicros), minorUnit) * minorUnit;
  return {
    service,
    description: SERVICE_LINES[service],
    unit,
    quantity,
    unitPrice: unitPrice(net, quantity),
    netMicros: String(net),
  };
}

/** Net price of one unit with 6 decimals; that of all of them where there is no whole unit. */
function unitPrice(net: bigint, quantity: string): string {
  const [whole = '0', decimals = ''] = quantity.split('.');
  const hundredths = BigInt(whole + decimals.padEnd(2, '0'));
  return formatMicros(hundredths === 0n ? net : divideHalfUp(net * 100n, hundredths));
}

function withTax(lines: readonly NetLine[], tax: bigint, currency: string, taxRate: string): LineSnapshot[] {
  const nets = lines.map(({ netMicros }) => BigInt(netMicros));
  const shares = spreadTax(nets, tax, parseRate(taxRate), microsPerMinorUnit(currency));
  return lines.map((line, index) => ({ ...line, taxMicros: String(shares[index]) }));
}

function totals(net: bigint, tax: bigint, rounding: bigint): TotalsSnapshot {
  return {
    netMicros: String(net),
    taxMicros: String(tax),
    roundingMicros: String(rounding),
    amountMicros: String(net + tax + rounding),
  };
}
