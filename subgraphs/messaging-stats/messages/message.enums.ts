import { describedEnum } from '#platform/graphql';
import { MESSAGES } from './message.fact.ts';

export const Channel = describedEnum('Channel', 'A channel that messages are sent through.', {
  SMS: 'Short message.',
  VIBER: 'Viber business message.',
  EMAIL: 'E-mail.',
  WHATSAPP: 'WhatsApp business message.',
  PUSH: 'Push notification of an application.',
});

export const MessageStatus = describedEnum('MessageStatus', 'The status that a message has now.', {
  CREATED: 'Created, not sent yet.',
  PENDING: 'Handed to a provider; no receipt yet.',
  DELIVERED: 'Delivered. Final.',
  UNDELIVERED: 'Sent and not delivered: expired or rejected after sending. Final.',
  CANCELED: 'Sending was canceled by a user. Final.',
  ERROR: 'Not sent because of an error, of the carrier for example. Final.',
  DELAYED: 'Waits for the time of its template.',
  CREATED_OPTIONAL: 'Created and not sent; an attempt of a cascade that is not required.',
  OMITTED_OPTIONAL: 'Not sent, as the cascade went on through another channel. Final.',
});

export const ShortMessageStatus = describedEnum('ShortMessageStatus', 'The statuses in four classes.', {
  IN_PROGRESS: 'CREATED, PENDING, DELAYED or CREATED_OPTIONAL.',
  DELIVERED: 'DELIVERED.',
  NOT_DELIVERED: 'UNDELIVERED or ERROR.',
  NOT_SENT: 'CANCELED or OMITTED_OPTIONAL.',
});

export const MessageTimeAxis = describedEnum('MessageTimeAxis', 'Which moment of a message places it in the period.', {
  CREATED_AT: 'Its creation; all messages are counted.',
  SENT_AT: 'When it was handed to a provider; only messages sent are counted, so that total equals sent.',
});

export const MessageDimension = describedEnum('MessageDimension', 'By what messages are grouped.', {
  CHANNEL: MESSAGES.dimensions.CHANNEL.description,
  STATUS: MESSAGES.dimensions.STATUS.description,
  SHORT_STATUS: MESSAGES.dimensions.SHORT_STATUS.description,
  ERROR_CODE: MESSAGES.dimensions.ERROR_CODE.description,
});
