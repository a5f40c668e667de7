import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load } from 'js-yaml';

export const ROOT = resolve(__dirname, '../..');

/** A service of docker-compose.yml, as far as the tests look at it. */
export interface ComposeService {
  image: string;
  command?: string[];
  environment: Record<string, string | number>;
  ports?: string[];
  networks: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
}

/** docker-compose.yml with its merges done, before variables are put in. */
export function readComposeFile(): ComposeFile {
  return load(readFileSync(resolve(ROOT, 'docker-compose.yml'), 'utf8')) as ComposeFile;
}

const VARIABLE = /\$\{(\w+)(?:(:-|:\?)([^}]*))?\}/g;

/** Puts variables into a text as Compose does. Throws the message of one that is required and not set. */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (_, name: string, kind: string | undefined, rest: string = '') => {
    const value = variables[name];
    if (value) return value;
    if (kind === ':?') throw new Error(`${name}: ${rest}`);
    return rest;
  });
}

/** Names of the variables in a text: those that are required, and the others with what stands in their place. */
export function variablesOf(text: string): { required: string[]; optional: Record<string, string> } {
  const found = [...text.matchAll(VARIABLE)];
  const required = found.filter(([, , kind]) => kind === ':?').map(([, name = '']) => name);
  const optional = found.filter(([, , kind]) => kind !== ':?').map(([, name = '', , rest = '']) => [name, rest]);
  return { required: [...new Set(required)], optional: Object.fromEntries(optional) };
}
