// npm start: the whole service in one process, with an embedded PostgreSQL unless DATABASE_URL names another one.
import 'reflect-metadata';
import { openEmbeddedServer } from './database-server.ts';
import { runProcess } from './run-process.ts';
import { startService } from './service.ts';
import { startWith, type Topology } from './start-service.ts';

const allInOne: Topology = {
  command: 'npm start',

  async openDatabase(config, { cleanup, fail }, logger) {
    if (config.DATABASE_URL) return config.DATABASE_URL;
    const server = await openEmbeddedServer(config.DATA_DIR, logger);
    cleanup.add(() => server.stop());
    server.onUnexpectedExit((reason) => fail(`${reason}; start the service again.`));
    return server.ownerUrl;
  },

  async startService(options, { cleanup }) {
    const readiness = { ready: false };
    const service = await startService({ ...options, readiness });
    cleanup.add(() => service.stop());
    return {
      url: service.url,
      markReady() {
        readiness.ready = true;
      },
    };
  },
};

void runProcess((life) => startWith(allInOne, life));
