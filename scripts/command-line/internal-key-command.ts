import { makeInternalKey } from '#platform/identity';
import { defineCommand } from './command.ts';

/** npm run internal-key: prints the two settings by which subgraphs know the gateway. */
export const runInternalKey = defineCommand({
  name: 'internal-key',
  description:
    'Prints a new key pair for services that run apart: INTERNAL_SIGNING_KEY for the gateway alone, INTERNAL_PUBLIC_KEY ' +
    'for the subgraphs. It is kept nowhere.',
  positionals: [],
  options: {},
  environment: {},
  examples: { 'Into the file of settings': 'npm run --silent internal-key >> .env' },
  async work({ terminal }) {
    const { signingKey, publicKey } = await makeInternalKey();
    terminal.stdout.write(`INTERNAL_SIGNING_KEY=${signingKey}\nINTERNAL_PUBLIC_KEY=${publicKey}\n`);
    return 0;
  },
});
