import { type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../../server/src/app.module.js';
import { loadConfiguration } from '../../../server/src/config/index.js';
import { type TestApplication } from './application.js';
import { configurationText, type LumenOptions } from './lumen-server.js';

/** Another process on the database of `app`, as far as its services can tell. `await using` it. */
export async function startReplica(
  app: Pick<TestApplication, 'databaseUrl'>,
  options: LumenOptions = {},
): Promise<{ context: INestApplicationContext } & AsyncDisposable> {
  const loaded = loadConfiguration({ text: configurationText(app.databaseUrl, options), env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const context = await NestFactory.createApplicationContext(
    AppModule.forRoot({ configurationPath: 'none.yaml', loaded, watchIntervalMs: 0 }),
    { logger: false, abortOnError: false },
  );
  return { context, [Symbol.asyncDispose]: () => context.close() };
}
