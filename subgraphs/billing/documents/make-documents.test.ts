import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Database, roleUrl } from '#platform/database';
import { DiskFileStore } from '#platform/files';
import { TEST_ROLE_SECRET } from '../../../tests/support/test-database.ts';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { type BillingCompany, change, openCompany } from '../billing.test-support.ts';
import { makeDocuments } from './make-documents.ts';

let service: TestService;
let directory: string;
beforeAll(async () => {
  service = await startTestService();
  directory = join(service.dataDir, 'files');
});
afterAll(() => service.stop());

const PDF = 'query($id: ID) { invoice(id: $id) { pdf { fileName sizeBytes sha256 url } } }';

interface Pdf {
  fileName: string;
  sizeBytes: number;
  sha256: string;
  url: string;
}

async function readPdf(company: BillingCompany, id: string): Promise<Pdf | null> {
  const { data, errors } = await company.ask(PDF, { id });
  expect(errors).toBeUndefined();
  return data.invoice.pdf;
}

/** Reads until the document is there. */
async function awaitPdf(company: BillingCompany, id: string): Promise<Pdf> {
  for (let reads = 0; reads < 500; reads += 1) {
    const pdf = await readPdf(company, id);
    if (pdf) return pdf;
  }
  throw new Error('the document was not made');
}

const withoutUrl = ({ url: _url, ...pdf }: Pdf) => pdf;
const filesKept = async () =>
  (await readdir(directory, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).length;

test('[INV-08] a document that was not made is made at the next read, with the very bytes that it would have had', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const first = await awaitPdf(company, invoice.id);
  await change(service, `DELETE FROM billing.invoice_documents WHERE invoice_id = '${invoice.id}'`);
  expect(await readPdf(company, invoice.id)).toBeNull();
  const second = await awaitPdf(company, invoice.id);
  expect(withoutUrl(second)).toEqual(withoutUrl(first));
  expect(second.url).not.toBe(first.url);
});

test('[INV-09] invoices that differ have documents that differ', async () => {
  const company = await openCompany(service);
  const made = await Promise.all(['100', '101'].map((amount) => company.createInvoice(amount, amount)));
  const [one, other] = await Promise.all(made.map(({ invoice }) => awaitPdf(company, invoice.id)));
  expect(one?.sha256).not.toBe(other?.sha256);
});

test('[INV-08] of documents that are made at the same time one is kept', async () => {
  const company = await openCompany(service);
  const { invoice } = await company.createInvoice('100', 'i');
  const before = await awaitPdf(company, invoice.id);
  const kept = await filesKept();
  await change(service, `DELETE FROM billing.invoice_documents WHERE invoice_id = '${invoice.id}'`);
  const url = roleUrl(service.ownerUrl, 'billing', TEST_ROLE_SECRET);
  const database = new Database({ url, applicationName: 'test', poolSize: 3, connectTimeoutMs: 10_000 });
  const document = { companyId: company.id, invoiceId: invoice.id, revision: 0 };
  const options = { ...document, database, store: new DiskFileStore(directory), now: 0 };
  await Promise.all(Array.from({ length: 3 }, () => makeDocuments(options)));
  await database.close();
  expect(await filesKept()).toBe(kept + 2);
  expect((await readPdf(company, invoice.id))?.sha256).toBe(before.sha256);
});

test('[TOP-04] an invoice stands even where its document cannot be made, which is tried again later', async () => {
  const company = await openCompany(service);
  await rm(directory, { recursive: true });
  await writeFile(directory, 'no directory');
  const { invoice, userErrors } = await company.createInvoice('100', 'i');
  expect([invoice.status, userErrors]).toEqual(['OPEN', []]);
  expect(await readPdf(company, invoice.id)).toBeNull();
  await rm(directory);
  expect(await awaitPdf(company, invoice.id)).toMatchObject({ fileName: `${invoice.number}_2026-03-15.pdf` });
});
