import { type INestApplicationContext } from '@nestjs/common';
import { openContext, type TestApplication } from './application.js';
import { configurationText, type LumenOptions } from './lumen-server.js';

/** Another process on the database of `app`, as far as its services can tell. `await using` it. */
export async function startReplica(
  app: Pick<TestApplication, 'databaseUrl'>,
  options: LumenOptions = {},
): Promise<{ context: INestApplicationContext } & AsyncDisposable> {
  const context = await openContext(configurationText(app.databaseUrl, options));
  return { context, [Symbol.asyncDispose]: () => context.close() };
}
