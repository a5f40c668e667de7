import { makeInternalKey } from '#platform/identity';
import { defineCommand } from './command.ts';

/** npm run internal-key: prints the settings by which subgraphs know the gateway, and the gateway knows their jobs. */
export const runInternalKey = defineCommand({
  name: 'internal-key',
  description:
    'Prints new key pairs for services that run apart: INTERNAL_SIGNING_KEY for the gateway alone, INTERNAL_PUBLIC_KEY ' +
    'for the subgraphs; JOB_SIGNING_KEY for subgraphs with jobs, JOB_PUBLIC_KEY for the gateway. They are kept nowhere.',
  positionals: [],
  options: {},
  environment: {},
  examples: { 'Into the file of settings': 'npm run --silent internal-key >> .env' },
  async work({ terminal }) {
    for (const name of ['INTERNAL', 'JOB']) {
      const { signingKey, publicKey } = await makeInternalKey();
      terminal.stdout.write(`${name}_SIGNING_KEY=${signingKey}\n${name}_PUBLIC_KEY=${publicKey}\n`);
    }
    return 0;
  },
});
