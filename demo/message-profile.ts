export type Channel = 'SMS' | 'VIBER' | 'EMAIL' | 'WHATSAPP' | 'PUSH';

/** How messages of one channel fare. Probabilities are of one message; what is left over is delivered. */
export interface ChannelProfile {
  undelivered: number;
  error: number;
  canceled: number;
  /** Mean time from sending to the receipt, and of the share of recipients whose device is away. */
  receiptMs: number;
  awayShare: number;
  awayMs: number;
  /** How long an undelivered message is tried. */
  validityMs: number;
  /** Prices in millionths of the company's currency, one a carrier; of SMS per part. */
  pricesMicros: readonly number[];
  /** Whether an undelivered message costs as much as a delivered one. */
  chargesUndelivered: boolean;
  /** Share of the prices that come hours after the receipt. */
  latePrices: number;
  undeliveredCodes: Readonly<Record<string, number>>;
  errorCodes: Readonly<Record<string, number>>;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The five channels of the demo company. SMS are the dearest and the most reliable, push messages free and often lost. */
export const CHANNEL_PROFILES: Readonly<Record<Channel, ChannelProfile>> = {
  SMS: {
    undelivered: 0.042,
    error: 0.012,
    canceled: 0.005,
    receiptMs: 7 * SECOND,
    awayShare: 0.08,
    awayMs: 70 * MINUTE,
    validityMs: 24 * HOUR,
    pricesMicros: [38_500, 42_000, 51_700],
    chargesUndelivered: true,
    latePrices: 0.12,
    undeliveredCodes: { ABSENT_SUBSCRIBER: 45, EXPIRED: 32, BLOCKED: 14, INVALID_NUMBER: 9 },
    errorCodes: { CARRIER_REJECTED: 60, INVALID_NUMBER: 30, CARRIER_TIMEOUT: 10 },
  },
  VIBER: {
    undelivered: 0.09,
    error: 0.01,
    canceled: 0.005,
    receiptMs: 5 * SECOND,
    awayShare: 0.15,
    awayMs: 50 * MINUTE,
    validityMs: 14 * HOUR,
    pricesMicros: [18_000],
    chargesUndelivered: false,
    latePrices: 0.05,
    undeliveredCodes: { NOT_REGISTERED: 50, EXPIRED: 38, BLOCKED: 12 },
    errorCodes: { CARRIER_REJECTED: 70, INVALID_NUMBER: 30 },
  },
  EMAIL: {
    undelivered: 0.026,
    error: 0.008,
    canceled: 0.004,
    receiptMs: 12 * SECOND,
    awayShare: 0.06,
    awayMs: 25 * MINUTE,
    validityMs: 48 * HOUR,
    pricesMicros: [2_000],
    chargesUndelivered: true,
    latePrices: 0.02,
    undeliveredCodes: { MAILBOX_NOT_FOUND: 50, MAILBOX_FULL: 25, SPAM_REJECTED: 25 },
    errorCodes: { INVALID_ADDRESS: 75, CARRIER_TIMEOUT: 25 },
  },
  WHATSAPP: {
    undelivered: 0.055,
    error: 0.014,
    canceled: 0.005,
    receiptMs: 3 * SECOND,
    awayShare: 0.1,
    awayMs: 45 * MINUTE,
    validityMs: 24 * HOUR,
    pricesMicros: [21_200, 31_200],
    chargesUndelivered: false,
    latePrices: 0.1,
    undeliveredCodes: { NOT_REGISTERED: 55, EXPIRED: 35, BLOCKED: 10 },
    errorCodes: { TEMPLATE_REJECTED: 55, CARRIER_REJECTED: 30, INVALID_NUMBER: 15 },
  },
  PUSH: {
    undelivered: 0.24,
    error: 0.03,
    canceled: 0.003,
    receiptMs: 1.5 * SECOND,
    awayShare: 0.12,
    awayMs: 60 * MINUTE,
    validityMs: 4 * HOUR,
    pricesMicros: [0],
    chargesUndelivered: true,
    latePrices: 0,
    undeliveredCodes: { DEVICE_OFFLINE: 60, EXPIRED: 25, TOKEN_EXPIRED: 15 },
    errorCodes: { TOKEN_EXPIRED: 80, CARRIER_TIMEOUT: 20 },
  },
};

/** Channels of single messages. With the cascades' attempts they add up to SMS 45, VIBER 20, EMAIL 15, WHATSAPP 12, PUSH 8 %. */
export const SINGLE_CHANNELS = {
  TRANSACTION: { SMS: 34.6, VIBER: 10.1, EMAIL: 13, WHATSAPP: 12, PUSH: 5.3 },
  CAMPAIGN: { SMS: 60, VIBER: 20, EMAIL: 20 },
} as const;

/** Share of the notifications that are cascades: with all their attempts 15 % of the messages. */
export const CASCADE_SHARE = 0.107;

/** The cascades in use and how often; each attempt stands in where the one before it failed. */
export const CASCADES = { VIBER_SMS: 70, PUSH_VIBER_SMS: 30 } as const;

/** How often an attempt of a cascade that has a fallback fails. */
export const CASCADE_FAILURES: Readonly<Partial<Record<Channel, number>>> = { VIBER: 0.55, PUSH: 0.6 };

/** A micro amount as the decimal string of the ingest: `38500` as `0.0385`. */
export function priceText(micros: number): string {
  const digits = String(micros % 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(micros / 1_000_000));
  return digits === '' ? whole : `${whole}.${digits}`;
}
