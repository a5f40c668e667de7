import { type Browser, chromium } from 'playwright-core';
import { startTestService, type TestService } from '../support/test-service.ts';

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  service = await startTestService();
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

test('GraphiQL shows the answer to its first query with the token of the address, and asks nobody else for anything', async () => {
  const company = await service.company();
  const token = await service.token({ companyId: company.id });
  await company.ingest('messages', [
    {
      id: 'a',
      channel: 'VIBER',
      status: 'DELIVERED',
      createdAt: '2026-03-14T10:00:00Z',
      statusAt: '2026-03-14T10:00:05Z',
    },
  ]);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const outside: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(service.url) && !/^(blob|data):/.test(request.url())) outside.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });

  await page.goto(`${service.url}/graphql#token=${token}`);
  await page.getByRole('button', { name: /execute query/i }).click();
  const answer = page.locator('.result-window');
  await answer.getByText('"messagingStats"').first().waitFor();
  await answer.getByText('"Europe/Moscow"').first().waitFor();
  if (process.env['SCREENSHOT']) await page.screenshot({ path: process.env['SCREENSHOT'] });

  expect(new URL(page.url()).hash).toBe('');
  expect(outside).toEqual([]);
  expect(faults).toEqual([]);
});

test('GraphiQL documents every field from the schema, which anybody may read', async () => {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(`${service.url}/graphql`);
  await page.getByRole('button', { name: /show documentation explorer/i }).click();
  await page.getByRole('link', { name: 'Query', exact: true }).click();
  await page.getByText('Counters, breakdowns and series of messages').first().waitFor();
});
