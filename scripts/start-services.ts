// npm run start:services: gateway, every subgraph and the embedded PostgreSQL, each as a process of its own.
import 'reflect-metadata';
import { DATABASE_SETTINGS, GATEWAY_SETTINGS, processEnvironment, SUBGRAPH_SETTINGS } from '#platform/config';
import { roleUrl } from '#platform/database';
import type { Subgraph } from '#platform/federation';
import { makeInternalKey } from '#platform/identity';
import { childEnvironment, startChild } from './child-process.ts';
import { localUrl } from './open-gateway.ts';
import { GATEWAY_MESSAGE, READY_MESSAGE } from './process-messages.ts';
import { runProcess } from './run-process.ts';
import { startWith, type Topology } from './start-service.ts';
import { SUBGRAPHS } from './subgraphs.ts';

const LOOPBACK = '127.0.0.1';

const processes: Topology = {
  command: 'npm run start:services',

  async openDatabase(config, life) {
    if (config.DATABASE_URL) return config.DATABASE_URL;
    const environment = childEnvironment(DATABASE_SETTINGS, processEnvironment(), {});
    const database = { name: 'the database', script: 'run-database.ts', environment };
    return (await startChild<string>(database, life)).started;
  },

  async startService({ ownerUrl, roleSecret }, life) {
    // Made anew each time: nobody else has to know it.
    const { signingKey, publicKey } = await makeInternalKey();
    const jobKey = await makeInternalKey();
    const withJobs: { send(message: string): void }[] = [];
    const startSubgraph = async ({ name, schema, jobs }: Subgraph) => {
      const environment = childEnvironment(SUBGRAPH_SETTINGS, processEnvironment(), {
        SUBGRAPH_HOST: LOOPBACK,
        SUBGRAPH_PORT: '0',
        SUBGRAPH_DATABASE_URL: roleUrl(ownerUrl, schema, roleSecret),
        DATABASE_URL: '',
        DATABASE_ROLE_SECRET: '',
        INTERNAL_PUBLIC_KEY: publicKey,
        GATEWAY_URL: '',
        JOB_SIGNING_KEY: jobs ? jobKey.signingKey : '',
      });
      const subgraph = { name, script: 'run-subgraph.ts', argv: ['--name', name], environment };
      const child = await startChild<number>(subgraph, life);
      if (jobs) withJobs.push(child);
      return `${name}=http://${LOOPBACK}:${child.started}`;
    };
    const urls = await Promise.all(SUBGRAPHS.map(startSubgraph));
    const environment = childEnvironment(GATEWAY_SETTINGS, processEnvironment(), {
      SUBGRAPH_URLS: urls.join(','),
      INTERNAL_SIGNING_KEY: signingKey,
      JOB_PUBLIC_KEY: jobKey.publicKey,
    });
    const gateway = await startChild<number>({ name: 'the gateway', script: 'run-gateway.ts', environment }, life);
    const url = localUrl({ port: gateway.started });
    for (const child of withJobs) child.send(`${GATEWAY_MESSAGE}${url}`);
    return { url, markReady: () => gateway.send(READY_MESSAGE) };
  },
};

void runProcess((life) => startWith(processes, life));
