import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** The superuser's password that the file holds; undefined when there is no file. */
export function readPassword(passwordFile: string): string | undefined {
  if (!statSync(passwordFile, { throwIfNoEntry: false })) return undefined;
  return readFileSync(passwordFile, 'utf8').trim();
}

/** Makes a password and keeps it in the file, for this user's eyes only. */
export function makePassword(passwordFile: string): string {
  const password = randomBytes(24).toString('hex');
  writeFileSync(`${passwordFile}.new`, `${password}\n`, { mode: 0o600, flush: true });
  renameSync(`${passwordFile}.new`, passwordFile);
  return password;
}
