import { z } from 'zod';

const decimal = (error: string, pattern: RegExp) => z.string().regex(pattern, { error });
const DELAY = 'must be a whole number of hours from 0 to 240';
const TIMEOUT = 'must be a whole number from 1 to 30000';
const text = z.string().min(1).max(200);
const NUMBER_FORMAT = /^(?:[A-Za-z0-9._-]|\{year\}|\{kind\})*\{seq(?::[1-9])?\}(?:[A-Za-z0-9._-]|\{year\}|\{kind\})*$/;

/** Settings of invoices and webhooks. What an invoice is issued with stays on it, whatever is changed here later. */
export const BILLING_SETTINGS = {
  TAX_RATE: decimal(
    'must be a fraction from 0 to 1 with at most 6 decimals, such as 0.2 for 20 %',
    /^(0(\.\d{1,6})?|1)$/,
  )
    .default('0.2')
    .describe('Tax on top of net amounts, as a fraction: 0.2 is 20 %.'),
  INVOICE_MAX_AMOUNT: decimal('must be a decimal above 0 and below 10^12', /^(?=.*[1-9])\d{1,12}(\.\d{1,6})?$/)
    .default('1000000')
    .describe("Greatest amount that a company may make an invoice of, in the company's currency."),
  INVOICE_NUMBER_FORMAT: z
    .string()
    .max(60)
    .regex(NUMBER_FORMAT, {
      error: 'must hold {seq} or {seq:6} once, and besides it only letters, digits, . _ - and {kind}, {year}',
    })
    .default('{kind}-{year}-{seq:6}')
    .describe(
      'Numbers of invoices: {seq:6} counts without gaps, with at least 6 digits; {kind} is M (monthly) or T (top-up); ' +
        "{year} is the company's. Each combination of the others counts for itself.",
    ),
  CLOSE_DELAY_HOURS: z.coerce
    .number({ error: DELAY })
    .int({ error: DELAY })
    .min(0, { error: DELAY })
    .max(240, { error: DELAY })
    .default(6)
    .describe("How long after a month's end, in the company's zone, its usage is billed: what comes in later is not."),
  SUPPLIER_NAME: text.default('Example Communications Ltd').describe('Who issues the invoices.'),
  SUPPLIER_TAX_ID: text.default('EX123456789').describe("The supplier's tax number."),
  SUPPLIER_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'must be an ISO 3166-1 code of two letters' })
    .default('LV')
    .describe("Country of the supplier's address, ISO 3166-1."),
  SUPPLIER_CITY: text.default('Riga').describe("City of the supplier's address."),
  SUPPLIER_STREET: text.default('1 Example Street').describe("Street and house of the supplier's address."),
  SUPPLIER_POSTAL_CODE: text.default('LV-1010').describe("Postal code of the supplier's address."),
  SUPPLIER_BANK_NAME: text.default('Example Bank').describe('Bank that invoices are paid to.'),
  SUPPLIER_BANK_ACCOUNT: text.default('LV00EXAM0000000000000').describe('Account that invoices are paid to.'),
  WEBHOOK_KEY_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe(
      'Secrets of webhooks are kept encrypted with a key derived from it; default: made on the first use, in DATA_DIR.',
    ),
  WEBHOOK_TIMEOUT_MS: z.coerce
    .number({ error: TIMEOUT })
    .int({ error: TIMEOUT })
    .min(1, { error: TIMEOUT })
    .max(30_000, { error: TIMEOUT })
    .default(10_000)
    .describe('How long the receiver of a webhook may take for its answer.'),
  WEBHOOK_ALLOW_HTTP: z
    .enum(['on', 'off'])
    .default('off')
    .describe('Whether webhooks may go to addresses that begin with http://, too.'),
  WEBHOOK_ALLOW_PRIVATE_ADDRESSES: z
    .enum(['on', 'off'])
    .default('off')
    .describe('Whether webhooks may go to private, loopback and other addresses that are not public.'),
} as const;
