import fc from 'fast-check';
import { microsPerMinorUnit, parseMicros } from '#platform/money';
import type { InvoiceSnapshot } from '../invoices/invoice-snapshot.ts';
import { monthly, revised, topUp } from './documents.test-support.ts';
import { renderInvoiceUbl } from './invoice-ubl.ts';
import { at, type ReadElement, readXml, textAt } from './xml.test-support.ts';

const read = (snapshot: InvoiceSnapshot) => readXml(renderInvoiceUbl(snapshot));

/** An amount in millionths; 0 where there is none. */
function micros(element: ReadElement, ...path: string[]): bigint {
  const text = textAt(element, ...path) ?? '0';
  const size = parseMicros(text.replace('-', ''));
  if (size === undefined) throw new Error(`${text} is no amount`);
  return text.startsWith('-') ? -size : size;
}

const TOTAL = 'cac:LegalMonetaryTotal';
const LINE = 'cac:InvoiceLine';

test('[INV-09] the document for programs names its parts in the order of UBL 2.1, with all that EN 16931 asks for', () => {
  const invoice = read(monthly());
  expect(invoice.name).toBe('Invoice');
  expect(invoice.attributes).toEqual({
    xmlns: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
    'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
    'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  });
  expect(invoice.children.map(({ name }) => name)).toEqual([
    'cbc:CustomizationID',
    'cbc:ID',
    'cbc:IssueDate',
    'cbc:InvoiceTypeCode',
    'cbc:DocumentCurrencyCode',
    'cac:InvoicePeriod',
    'cac:AccountingSupplierParty',
    'cac:AccountingCustomerParty',
    'cac:PaymentMeans',
    'cac:PaymentTerms',
    'cac:TaxTotal',
    TOTAL,
    ...Array.from({ length: 5 }, () => LINE),
  ]);
  const texts = invoice.children.slice(0, 5).map(({ text }) => text);
  expect(texts).toEqual(['urn:cen.eu:en16931:2017', 'M-2026-000007', '2026-03-15', '380', 'EUR']);
  expect(at(invoice, 'cac:InvoicePeriod')[0]?.children.map(({ text }) => text)).toEqual(['2026-02-01', '2026-02-28']);
  const buyer = at(invoice, 'cac:AccountingCustomerParty', 'cac:Party')[0] as ReadElement;
  expect(
    at(buyer, 'cac:PostalAddress')[0]
      ?.children.slice(0, 3)
      .map(({ text }) => text),
  ).toEqual(['ул. Ленина, 1', 'Москва', '101000']);
  expect(textAt(buyer, 'cac:PostalAddress', 'cac:Country', 'cbc:IdentificationCode')).toBe('RU');
  expect(at(buyer, 'cac:PartyLegalEntity')[0]?.children.map(({ text }) => text)).toEqual([
    'ООО «Ромашка & Ко» <Москва>',
    '7701234567',
  ]);
  expect(textAt(invoice, 'cac:PaymentMeans', 'cac:PayeeFinancialAccount', 'cbc:ID')).toBe('LV00EXAM0000000000000');
});

test('a number that begins with the country’s code is a VAT number, any other one is not', () => {
  const schemes = (snapshot: InvoiceSnapshot, party: string) => {
    const path = [`cac:Accounting${party}Party`, 'cac:Party', 'cac:PartyTaxScheme'];
    return at(read(snapshot), ...path).map((one) => [
      textAt(one, 'cbc:CompanyID'),
      textAt(one, 'cac:TaxScheme', 'cbc:ID'),
    ]);
  };
  const plain = topUp(1_000_000n);
  const greek = topUp(1_000_000n, { buyer: { ...plain.buyer, country: 'GR', taxId: 'EL123456789' } });
  const local = topUp(1_000_000n, { supplier: { ...plain.supplier, taxId: 'EX123456789' } });
  expect(schemes(plain, 'Supplier')).toEqual([['LV40003000000', 'VAT']]);
  expect(schemes(plain, 'Customer')).toEqual([]);
  expect(schemes(greek, 'Customer')).toEqual([['EL123456789', 'VAT']]);
  expect(schemes(local, 'Supplier')).toEqual([['EX123456789', 'TAX']]);
});

test('[INV-12] [REV-01] a revision has a number of its own, names what it corrects, and says what is paid already', () => {
  const invoice = read(revised(monthly(), 500_000_000n, 120_000_000n));
  expect(textAt(invoice, 'cbc:ID')).toBe('M-2026-000007-R2');
  expect([textAt(invoice, 'cbc:IssueDate'), textAt(invoice, 'cbc:InvoiceTypeCode')]).toEqual(['2026-03-20', '384']);
  const [corrected] = at(invoice, 'cac:BillingReference', 'cac:InvoiceDocumentReference');
  expect(corrected?.children.map(({ text }) => text)).toEqual(['M-2026-000007', '2026-03-15']);
  expect(textAt(invoice, 'cbc:Note')).toContain('согласовано с бухгалтерией.\nSee our letter');
  expect(at(invoice, TOTAL)[0]?.children.map(({ name, text }) => `${name} ${text}`)).toEqual([
    'cbc:LineExtensionAmount 416.67',
    'cbc:TaxExclusiveAmount 416.67',
    'cbc:TaxInclusiveAmount 500.00',
    'cbc:PrepaidAmount 120.00',
    'cbc:PayableAmount 380.00',
  ]);
  const adjustment = at(invoice, LINE).at(-1) as ReadElement;
  const figures = ['cbc:InvoicedQuantity', 'cbc:LineExtensionAmount'].map((name) => textAt(adjustment, name));
  expect(figures).toEqual(['-1', '-37.15']);
  expect(at(adjustment, 'cac:Price')[0]?.children.map(({ text }) => text)).toEqual(['37.15', '1']);
});

test('units have their codes, and a quantity of 0 is written as 1', () => {
  const usage = [{ service: 'CALLS' as const, unit: 'minute', quantity: '0.00', amountMicros: '50000', unpriced: 0 }];
  const [line] = at(read(monthly({ usage })), LINE);
  const quantity = at(line as ReadElement, 'cbc:InvoicedQuantity')[0];
  expect(quantity).toMatchObject({ text: '1', attributes: { unitCode: 'MIN' } });
  expect(at(read(monthly()), LINE, 'cbc:InvoicedQuantity').map((one) => one.attributes['unitCode'])).toEqual([
    'C62',
    'C62',
    'C62',
    'MIN',
    'C62',
  ]);
});

test('texts of companies cannot break the document: what XML cannot hold is replaced', () => {
  const { buyer } = topUp(1_000_000n);
  const invoice = read(topUp(1_000_000n, { buyer: { ...buyer, name: '"</cbc:ID>&amp;\uFFFF' } }));
  const path = ['cac:AccountingCustomerParty', 'cac:Party', 'cac:PartyLegalEntity', 'cbc:RegistrationName'];
  expect(textAt(invoice, ...path)).toBe('"</cbc:ID>&amp;\uFFFD');
});

const snapshots = fc
  .record({
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    rate: fc.integer({ min: 0, max: 1_000_000 }),
    gross: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    usage: fc.array(fc.record({ quantity: fc.nat(10 ** 6), micros: fc.bigInt({ min: 0n, max: 10n ** 12n }) }), {
      minLength: 1,
      maxLength: 7,
    }),
    isMonthly: fc.boolean(),
    revision: fc.option(
      fc.record({ amount: fc.bigInt({ min: 0n, max: 10n ** 9n }), stated: fc.bigInt({ min: 0n, max: 10n ** 9n }) }),
    ),
  })
  .map(({ currency, rate, gross, usage, isMonthly, revision }) => {
    const unit = microsPerMinorUnit(currency);
    const services = ['SMS', 'VIBER', 'EMAIL', 'WHATSAPP', 'PUSH', 'CHATS', 'CALLS'] as const;
    const taxRate = (rate / 1_000_000).toFixed(6);
    const lines = usage.map(({ quantity, micros: amount }, index) => ({
      service: services[index] ?? 'SMS',
      unit: 'message',
      quantity: String(quantity),
      amountMicros: String(amount),
      unpriced: 0,
    }));
    const issued = isMonthly
      ? monthly({ currency, taxRate, usage: lines })
      : topUp(gross * unit, { currency, taxRate });
    return revision ? revised(issued, revision.amount * unit, revision.stated * unit) : issued;
  });

test('[INV-05] [INV-09] the sums of every document are those of EN 16931: BR-CO-10, 13 to 17, and each line is its quantity times its price', () => {
  const property = (snapshot: InvoiceSnapshot) => {
    const invoice = read(snapshot);
    const unit = microsPerMinorUnit(snapshot.currency);
    const lines = at(invoice, LINE);
    const [total] = at(invoice, TOTAL) as [ReadElement];
    const [tax] = at(invoice, 'cac:TaxTotal') as [ReadElement];
    const net = micros(total, 'cbc:LineExtensionAmount');
    expect(lines.reduce((sum, line) => sum + micros(line, 'cbc:LineExtensionAmount'), 0n)).toBe(net);
    expect(micros(total, 'cbc:TaxExclusiveAmount')).toBe(net);
    expect(micros(tax, 'cac:TaxSubtotal', 'cbc:TaxAmount')).toBe(micros(tax, 'cbc:TaxAmount'));
    expect(micros(tax, 'cac:TaxSubtotal', 'cbc:TaxableAmount')).toBe(net);
    expect(micros(total, 'cbc:TaxInclusiveAmount')).toBe(net + micros(tax, 'cbc:TaxAmount'));
    const due = micros(total, 'cbc:TaxInclusiveAmount') - micros(total, 'cbc:PrepaidAmount');
    expect(micros(total, 'cbc:PayableAmount')).toBe(due + micros(total, 'cbc:PayableRoundingAmount'));
    expect(micros(total, 'cbc:PayableAmount')).toBe(
      BigInt(snapshot.amountMicros) - BigInt(snapshot.revision?.statedMicros ?? 0),
    );
    // Twice the tax differs from twice the exact one by less than a minor unit: it is the exact one, rounded.
    const percent = parseMicros(textAt(tax, 'cac:TaxSubtotal', 'cac:TaxCategory', 'cbc:Percent') ?? '') ?? -1n;
    const difference = 2n * (micros(tax, 'cbc:TaxAmount') * 100_000_000n - net * percent);
    expect(difference <= unit * 100_000_000n && difference > -unit * 100_000_000n).toBe(true);
    for (const line of lines) {
      const quantity = textAt(line, 'cbc:InvoicedQuantity') ?? '';
      expect(quantity.replace('-', '')).toBe(textAt(line, 'cac:Price', 'cbc:BaseQuantity'));
      const price = micros(line, 'cac:Price', 'cbc:PriceAmount');
      expect(quantity.startsWith('-') ? -price : price).toBe(micros(line, 'cbc:LineExtensionAmount'));
      expect(price >= 0n).toBe(true);
    }
    expect(snapshot.lines.reduce((sum, { taxMicros }) => sum + BigInt(taxMicros), 0n)).toBe(BigInt(snapshot.taxMicros));
    expect(renderInvoiceUbl(snapshot)).toEqual(renderInvoiceUbl(structuredClone(snapshot)));
  };
  fc.assert(fc.property(snapshots, property), { numRuns: 60 });
});
