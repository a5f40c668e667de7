import type { InvoiceSnapshot } from '../invoices/invoice-snapshot.ts';
import { amount, taxCategory } from './ubl-amount.ts';
import { ublLine } from './ubl-line.ts';
import { ublBuyer, ublSupplier } from './ubl-party.ts';
import { element, renderXml, type XmlElement } from './xml.ts';

const ROOT = 'urn:oasis:names:specification:ubl:schema:xsd';
const NAMESPACES = {
  xmlns: `${ROOT}:Invoice-2`,
  'xmlns:cac': `${ROOT}:CommonAggregateComponents-2`,
  'xmlns:cbc': `${ROOT}:CommonBasicComponents-2`,
};

/** Codes of UNTDID 1001. */
const INVOICE = '380';
const CORRECTED_INVOICE = '384';
/** Code of UNTDID 4461. */
const CREDIT_TRANSFER = '30';

/** The invoice as UBL 2.1 by EN 16931: the same bytes for the same snapshot. */
export function renderInvoiceUbl(snapshot: InvoiceSnapshot): Buffer {
  const { revision, createdOn, period, lines, currency } = snapshot;
  return renderXml(
    element(
      'Invoice',
      [
        element('cbc:CustomizationID', 'urn:cen.eu:en16931:2017'),
        element('cbc:ID', documentNumber(snapshot)),
        element('cbc:IssueDate', revision?.revisedOn ?? createdOn),
        element('cbc:InvoiceTypeCode', revision ? CORRECTED_INVOICE : INVOICE),
        revision?.comment ? element('cbc:Note', revision.comment) : undefined,
        element('cbc:DocumentCurrencyCode', currency),
        period &&
          element('cac:InvoicePeriod', [element('cbc:StartDate', period.start), element('cbc:EndDate', period.end)]),
        revision ? corrects(snapshot) : undefined,
        ublSupplier(snapshot.supplier),
        ublBuyer(snapshot.buyer),
        paymentMeans(snapshot),
        element('cac:PaymentTerms', [element('cbc:Note', 'Payable on receipt.')]),
        taxTotal(snapshot),
        monetaryTotal(snapshot),
        ...lines.map((line, index) => ublLine(line, index + 1, snapshot)),
      ],
      NAMESPACES,
    ),
  );
}

/** The number of the document: a revision has one of its own, and names the invoice that it corrects. */
function documentNumber({ number, revision }: InvoiceSnapshot): string {
  return revision ? `${number}-R${revision.number}` : number;
}

function corrects({ number, createdOn }: InvoiceSnapshot): XmlElement {
  return element('cac:BillingReference', [
    element('cac:InvoiceDocumentReference', [element('cbc:ID', number), element('cbc:IssueDate', createdOn)]),
  ]);
}

function paymentMeans({ number, supplier }: InvoiceSnapshot): XmlElement {
  return element('cac:PaymentMeans', [
    element('cbc:PaymentMeansCode', CREDIT_TRANSFER),
    element('cbc:PaymentID', number),
    element('cac:PayeeFinancialAccount', [
      element('cbc:ID', supplier.bankAccount ?? ''),
      element('cbc:Name', supplier.bankName ?? ''),
    ]),
  ]);
}

function taxTotal(snapshot: InvoiceSnapshot): XmlElement {
  const { netMicros, taxMicros, taxRate } = snapshot;
  return element('cac:TaxTotal', [
    amount('cbc:TaxAmount', taxMicros, snapshot),
    element('cac:TaxSubtotal', [
      amount('cbc:TaxableAmount', netMicros, snapshot),
      amount('cbc:TaxAmount', taxMicros, snapshot),
      taxCategory('cac:TaxCategory', taxRate),
    ]),
  ]);
}

function monetaryTotal(snapshot: InvoiceSnapshot): XmlElement {
  const { netMicros, taxMicros, roundingMicros, amountMicros, revision } = snapshot;
  const prepaid = BigInt(revision?.statedMicros ?? 0);
  return element('cac:LegalMonetaryTotal', [
    amount('cbc:LineExtensionAmount', netMicros, snapshot),
    amount('cbc:TaxExclusiveAmount', netMicros, snapshot),
    amount('cbc:TaxInclusiveAmount', BigInt(netMicros) + BigInt(taxMicros), snapshot),
    prepaid === 0n ? undefined : amount('cbc:PrepaidAmount', prepaid, snapshot),
    roundingMicros === '0' ? undefined : amount('cbc:PayableRoundingAmount', roundingMicros, snapshot),
    amount('cbc:PayableAmount', BigInt(amountMicros) - prepaid, snapshot),
  ]);
}
