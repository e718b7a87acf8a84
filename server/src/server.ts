import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { type Logger } from 'pino';
import { createApp } from './app.js';
import { ConfigurationService } from './config/configuration.service.js';
import { type Configuration, configurationPath, readConfigurationFile } from './config/index.js';
import { prepareDatabase } from './infrastructure/database/migrator.js';
import { OpenConnections } from './infrastructure/http/open-connections.js';
import { createLogger } from './infrastructure/logging/logger.js';
import { explainStartFailure } from './start-failure.js';

const SECOND = 1000;

/**
 * Runs the server until it is told to stop. Answers the exit code; a start that fails has printed
 * one line that says what to do.
 */
export async function startServer(environment: NodeJS.ProcessEnv): Promise<number> {
  let app: NestFastifyApplication | undefined;
  let connections: OpenConnections | undefined;
  try {
    const path = configurationPath(environment);
    const loaded = readConfigurationFile(path, environment);
    const logger = createLogger(loaded.config.log);
    app = await createApp({ configurationPath: path, loaded }, logger);
    const applied = await prepareDatabase(app.get(DataSource));
    if (applied.length > 0) logger.info({ applied }, 'the database was upgraded');
    connections = new OpenConnections(app.getHttpServer());
    await listen(app, loaded.config, logger);
    await stopSignal();
    logger.info('stopping');
  } catch (error) {
    process.stderr.write(`${explainStartFailure(error)}\n`);
    await app?.close().catch(() => undefined);
    return 1;
  }
  const { shutdownGraceS } = app.get(ConfigurationService).current.server;
  const callOff = connections.end(shutdownGraceS * SECOND);
  await app.close();
  callOff();
  return 0;
}

async function listen(
  app: NestFastifyApplication,
  { app: { host, port } }: Configuration,
  logger: Logger,
): Promise<void> {
  await app.listen(port, host);
  const address = await app.getUrl();
  logger.info({ address }, 'Lumen listens');
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130));
      resolve();
    });
  }
  return promise;
}
