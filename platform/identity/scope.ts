/** Every scope that a token may carry, with what it gives. */
export const SCOPES = {
  'stats:read': 'statistics of messages, chats and calls, and the lists beside them',
  'billing:read': 'balance, company details, invoices, transactions and changes',
  'billing:write': 'creating invoices, changing company details',
  'payments:write': 'recording payments',
  'webhooks:write': 'webhooks and their deliveries',
  'reports:read': 'reports and their files',
  'reports:write': 'generating, scheduling and deleting reports',
  'ingest:write': 'sending events',
  'staff:finance': 'revising and voiding invoices, month closes, staff acts, of any company',
  'staff:platform': 'registering companies',
} as const;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];

/** Scopes whose tokens may lack a company. */
export const SCOPES_WITHOUT_COMPANY: readonly Scope[] = ['staff:finance', 'staff:platform', 'payments:write'];

export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text);
}
