export {
  claimKey,
  createIdempotencyTable,
  isIdempotencyKey,
  type KeyClaim,
  LONGEST_KEY,
  type OnceRequest,
} from './idempotency.ts';
