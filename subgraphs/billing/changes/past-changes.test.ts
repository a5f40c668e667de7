import { DataSource } from 'typeorm';
import { startTestService, type TestService } from '../../../tests/support/test-service.ts';
import { openCompany, pay } from '../billing.test-support.ts';
import { CreateChanges1764000000040 } from '../migrations/1764000000040-create-changes.ts';
import { follow } from './changes.test-support.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

/** Takes the table of changes away and makes it again, as on a database that has invoices already. */
async function migrateAgain(): Promise<void> {
  const source = await new DataSource({
    type: 'postgres',
    url: service.ownerUrl,
    installExtensions: false,
  }).initialize();
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  const migration = new CreateChanges1764000000040();
  await migration.down(runner);
  await migration.up(runner);
  await runner.commitTransaction();
  await source.destroy();
}

test('what had happened before changes were recorded is entered company by company, and what happens then follows it', async () => {
  const start = service.clock.now();
  const companies = [await openCompany(service), await openCompany(service)];
  for (const [index, company] of companies.entries()) {
    service.clock.set(start + index);
    const { invoice } = await company.createInvoice('10', 'i');
    service.clock.set(start + 1000 + index);
    await pay(service, company.id, { amount: '1', idempotencyKey: 'p', invoiceNumber: invoice.number });
    await pay(service, company.id, { amount: '2', idempotencyKey: 'q' });
  }
  const read = () => Promise.all(companies.map((company) => follow(company, 1000, () => true)));
  const sorted = (changes: Awaited<ReturnType<typeof follow>>) =>
    changes.map(({ kind, invoiceId, transactionId }) => `${kind} ${invoiceId} ${transactionId}`).toSorted();
  const before = await read();
  await migrateAgain();
  const after = await read();
  const withoutDocuments = before.map((changes) => changes.filter(({ kind }) => kind !== 'DOCUMENTS_READY'));
  expect(after.map(sorted)).toEqual(withoutDocuments.map(sorted));
  const kinds = ['INVOICE_CREATED', 'PAYMENT_RECORDED', 'PAYMENT_RECORDED'];
  for (const changes of after) expect(changes.map(({ kind }) => kind)).toEqual(kinds);
  await companies[0]?.createInvoice('10', 'later');
  const [[first = []] = [], later = []] = [after.slice(0, 1), (await read())[0]];
  expect(later.slice(0, 3)).toEqual(first);
  expect(later).toHaveLength(5);
});
