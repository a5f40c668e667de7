/** Channels, with the names that people know them by. */
export const CHANNELS = { SMS: 'SMS', VIBER: 'Viber', EMAIL: 'E-mail', WHATSAPP: 'WhatsApp', PUSH: 'Push' } as const;
export type Channel = keyof typeof CHANNELS;

/**
 * Statuses with their names and ranks. Of two states of a message the one of the greater rank stands: a receipt that comes
 * late never takes a message back.
 */
export const MESSAGE_STATUSES = {
  CREATED: { name: 'Created', rank: 0, short: 'IN_PROGRESS' },
  PENDING: { name: 'Pending', rank: 1, short: 'IN_PROGRESS' },
  DELIVERED: { name: 'Delivered', rank: 3, short: 'DELIVERED' },
  UNDELIVERED: { name: 'Undelivered', rank: 2, short: 'NOT_DELIVERED' },
  CANCELED: { name: 'Canceled', rank: 2, short: 'NOT_SENT' },
  ERROR: { name: 'Error', rank: 2, short: 'NOT_DELIVERED' },
  DELAYED: { name: 'Delayed', rank: 0, short: 'IN_PROGRESS' },
  CREATED_OPTIONAL: { name: 'Created, optional', rank: 0, short: 'IN_PROGRESS' },
  OMITTED_OPTIONAL: { name: 'Omitted, optional', rank: 2, short: 'NOT_SENT' },
} as const;
export type MessageStatus = keyof typeof MESSAGE_STATUSES;

export const SHORT_STATUSES = {
  IN_PROGRESS: 'In progress',
  DELIVERED: 'Delivered',
  NOT_DELIVERED: 'Not delivered',
  NOT_SENT: 'Not sent',
} as const;
export type ShortMessageStatus = keyof typeof SHORT_STATUSES;

/** Statuses that a message has only after it was handed to a provider. */
export const PROVES_SENDING: readonly MessageStatus[] = ['PENDING', 'DELIVERED', 'UNDELIVERED'];

export const STATUS_NAMES = Object.keys(MESSAGE_STATUSES) as MessageStatus[];
