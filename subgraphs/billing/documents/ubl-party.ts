import type { PartySnapshot } from '../invoices/invoice-snapshot.ts';
import { element, type XmlElement } from './xml.ts';

/** A VAT number begins with the country's code, that of Greece with EL; other tax numbers are not VAT numbers. */
function isVatNumber({ taxId, country }: PartySnapshot): boolean {
  return taxId?.startsWith(country === 'GR' ? 'EL' : (country ?? '-')) ?? false;
}

/** Who issues the invoice. A tax number that is no VAT number is one of the local registration (BT-32). */
export function ublSupplier(party: PartySnapshot): XmlElement {
  const scheme = isVatNumber(party) ? 'VAT' : 'TAX';
  return element('cac:AccountingSupplierParty', [
    element('cac:Party', [address(party), taxNumber(party, scheme), legalEntity(party)]),
  ]);
}

/** Whom it is issued to. A tax number that is no VAT number identifies the legal entity (BT-47). */
export function ublBuyer(party: PartySnapshot): XmlElement {
  const isVat = isVatNumber(party);
  return element('cac:AccountingCustomerParty', [
    element('cac:Party', [
      address(party),
      isVat ? taxNumber(party, 'VAT') : undefined,
      legalEntity(party, isVat ? null : party.taxId),
    ]),
  ]);
}

function address({ street, city, postalCode, country }: PartySnapshot): XmlElement {
  return element('cac:PostalAddress', [
    optional('cbc:StreetName', street),
    optional('cbc:CityName', city),
    optional('cbc:PostalZone', postalCode),
    element('cac:Country', [element('cbc:IdentificationCode', country ?? '')]),
  ]);
}

function taxNumber({ taxId }: PartySnapshot, scheme: 'VAT' | 'TAX'): XmlElement | undefined {
  if (taxId === null) return undefined;
  return element('cac:PartyTaxScheme', [
    element('cbc:CompanyID', taxId),
    element('cac:TaxScheme', [element('cbc:ID', scheme)]),
  ]);
}

function legalEntity({ name }: PartySnapshot, companyId: string | null = null): XmlElement {
  return element('cac:PartyLegalEntity', [element('cbc:RegistrationName', name), optional('cbc:CompanyID', companyId)]);
}

function optional(name: string, text: string | null): XmlElement | undefined {
  return text === null ? undefined : element(name, text);
}
