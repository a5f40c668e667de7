import { describedEnum } from '#platform/graphql';

export const TransactionType = describedEnum('TransactionType', "Kinds of entries on a company's account.", {
  DEPOSIT: 'A payment that came in; adds to the balance.',
  CHARGE: 'A monthly invoice; takes from the balance.',
  ADJUSTMENT: 'A correction of an earlier charge, in either direction.',
  REFUND: 'A payment that was given back; takes from the balance.',
});
