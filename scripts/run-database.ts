// The embedded PostgreSQL of npm run start:services: a process of its own, so that it ends even where the first one is killed.
import { DATABASE_SETTINGS, processEnvironment, readConfigOf } from '#platform/config';
import { openEmbeddedServer } from './database-server.ts';
import { processOwner, tellStarted } from './owned-process.ts';
import { type ProcessLife, processLogger, runProcess } from './run-process.ts';

async function start({ cleanup, fail }: ProcessLife): Promise<void> {
  const config = readConfigOf(DATABASE_SETTINGS, processEnvironment());
  const server = await openEmbeddedServer(config.DATA_DIR, processLogger(config.LOG_LEVEL));
  cleanup.add(() => server.stop());
  server.onUnexpectedExit(fail);
  tellStarted(server.ownerUrl, 'The database runs.');
}

void runProcess(start, processOwner);
