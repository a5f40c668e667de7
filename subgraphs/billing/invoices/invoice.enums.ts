import { describedEnum } from '#platform/graphql';

export const InvoiceKind = describedEnum('InvoiceKind', 'Why an invoice was made.', {
  MONTHLY: "For a month's use of the services.",
  TOP_UP: 'To put money on the account; made by the company itself.',
});

export const InvoiceStatus = describedEnum('InvoiceStatus', 'What is paid of an invoice.', {
  OPEN: 'Nothing.',
  PARTIALLY_PAID: 'Less than its amount.',
  PAID: 'Its amount, or more.',
  VOID: 'It was withdrawn; nothing is to be paid.',
});
