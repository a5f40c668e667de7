import { createHash } from 'node:crypto';
import { normalisePhrase } from './normalise-phrase.ts';

const HASH_BYTES = 16;

/** What is kept of a text that people or bots wrote. */
export interface Phrase {
  /** The normalised text; empty where nothing remains that could be counted. */
  readonly phrase: string;
  /** 128 bits of its SHA-256, in base64url: by it texts are compared and counted. */
  readonly hash: string;
}

/** The phrase of a text; the text itself goes no further. */
export function toPhrase(text: string): Phrase {
  const phrase = normalisePhrase(text);
  const hash = createHash('sha256').update(phrase).digest().subarray(0, HASH_BYTES).toString('base64url');
  return { phrase, hash };
}

/** The hash of texts that hold no phrase. */
export const NO_PHRASE_HASH = toPhrase('').hash;
