import { createHash } from 'node:crypto';

const HASH_BYTES = 16;

/**
 * What is kept of a text that people or bots wrote: 128 bits of the SHA-256 of its phrase, in base64url. Equal phrases have
 * equal hashes, which is all that comparing two lines needs; the text itself goes no further.
 */
export function phraseHash(text: string): string {
  return createHash('sha256').update(normalisePhrase(text)).digest().subarray(0, HASH_BYTES).toString('base64url');
}

/** The phrase of a message: compatibility forms and cases are one, punctuation and emoji are gone, every number is #. */
export function normalisePhrase(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Nd}+/gu, '#');
  return letters.replace(/[^\p{L}\p{M}#]+/gu, ' ').trim();
}
