/** What the measures of an operator mean; the same in totals and by bucket. */
export const OPERATOR_MEASURES = {
  dialoguesWithMessages: 'Different dialogues in which the operator wrote; exact over any period, and not additive.',
  activeDialogues:
    'Different dialogues that were assigned to the operator and not yet released or closed at any moment; not additive.',
  skippedDialogues:
    'Different dialogues whose assignment began then and ended without a message of the operator although the client had written; ' +
    'where the sender said whether it was skipped, that counts.',
  messages: 'Messages of the operator.',
  onlineSeconds: 'Seconds in the state ONLINE; a state that lasts counts up to the last commit, period.asOf.',
  pausedSeconds: 'Seconds in the state PAUSED, which is no part of ONLINE; counted alike.',
} as const;
